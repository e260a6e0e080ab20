import type { Connection } from '../engine.ts'
import { StorageError } from '../storage-error.ts'

/** Half precision and iterative scans came with this version. */
const REQUIRED = [0, 8, 0]

/** Version of the installed pgvector, absent where there is none. */
export const pgvectorVersion = async (connection: Connection): Promise<string | undefined> => {
  const [row] = await connection.execute(
    "select extversion from pg_extension where extname = 'vector'",
    [],
  )
  return row ? String(row[0]) : undefined
}

/**
 * Makes sure of pgvector 0.8.0 or later, creating the extension where that is allowed.
 *
 * @throws StorageError `unavailable` that says what an administrator has to do
 */
export const requirePgvector = async (connection: Connection): Promise<void> => {
  const installed = (await pgvectorVersion(connection)) ?? (await createExtension(connection))
  if (compareVersions(installed, REQUIRED) < 0) {
    throw needsAdministrator('alter extension vector update', 'pgvector 0.8.0 or later is needed')
  }
}

/** Compares a version with another, part by part: negative when it is the older one. */
export const compareVersions = (version: string, other: readonly number[]): number => {
  const parts = version.split('.').map(Number)
  const difference = other.map((part, index) => (parts[index] ?? 0) - part).find((d) => d !== 0)
  return difference ?? 0
}

const createExtension = async (connection: Connection): Promise<string> => {
  await connection.execute('create extension if not exists vector', []).catch((cause: unknown) => {
    throw needsAdministrator('create extension vector', 'pgvector is not there', cause)
  })
  return (await pgvectorVersion(connection)) ?? '0'
}

const needsAdministrator = (statement: string, what: string, cause?: unknown) =>
  new StorageError('unavailable', {
    cause,
    detail: `${what}; an administrator of the server has to install it and to run: ${statement}`,
  })
