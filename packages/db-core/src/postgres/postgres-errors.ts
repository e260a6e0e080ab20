import { StorageError, type StorageErrorCode } from '../storage-error.ts'

/** The connection ended before its transaction did, so nothing of that was kept. */
export const CONNECTION_LOST = 'CONNECTION_LOST'

/** The connection ended under a statement. */
export const CONNECTION_CLOSED = 'CONNECTION_CLOSED'

/** No connection came about, for reasons that trying again does not change. */
export const CANNOT_CONNECT = 'CANNOT_CONNECT'

/** PostgreSQL's error codes, whole or by class (their first two characters). */
const codes: Record<string, StorageErrorCode> = {
  '23505': 'conflict',
  '23503': 'missing-reference',
  '40001': 'busy',
  '40P01': 'busy',
  '55P03': 'busy',
  '57014': 'busy',
  '08': 'unavailable',
  '22': 'invalid',
  '23': 'invalid',
  // Refused by a policy or a read-only transaction.
  '25': 'invalid',
  '28': 'unavailable',
  '3D': 'unavailable',
  '42501': 'invalid',
  '53': 'unavailable',
  '57': 'unavailable',
  [CONNECTION_LOST]: 'unavailable',
  [CONNECTION_CLOSED]: 'unavailable',
  [CANNOT_CONNECT]: 'unavailable',
  // Of sockets.
  ECONNREFUSED: 'unavailable',
  ECONNRESET: 'unavailable',
  ENOTFOUND: 'unavailable',
  EPIPE: 'unavailable',
  ETIMEDOUT: 'unavailable',
}

const details: Record<string, string> = {
  [CANNOT_CONNECT]: 'no connection came about; check the address, and its sslmode',
  '28': 'the database refused this user; check the user name and the password',
  '3D': 'that database does not exist',
  '42501': 'the role may not do this: a row of another tenant, or a missing grant',
  '55P03': 'a lock was not free in time; try again',
  '57014': 'the statement took longer than the time-out; try again or raise it',
  '53': 'the database is out of connections, memory or disk',
}

const property = (error: unknown, name: string): string | undefined => {
  if (typeof error !== 'object' || error === null) return undefined
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' ? value : undefined
}

/** The SQLSTATE or socket code of a driver's error, if it has one. */
export const codeOf = (error: unknown): string | undefined => property(error, 'code')

/** What a refused row violates, by name. */
const constraintDetail = (error: unknown): string | undefined => {
  const table = property(error, 'table')
  const column = property(error, 'column')
  const constraint = property(error, 'constraint')
  const texts: Record<string, string> = {
    '23502': `${table}.${column} must not be null`,
    '23503': `a row that ${table} refers to does not exist: ${constraint}`,
    '23505': `a row with the same key exists already in ${table}: ${constraint}`,
  }
  return texts[codeOf(error) ?? '']
}

/** Translates what a PostgreSQL driver threw; a StorageError stays as it is. */
export const toStorageError = (error: unknown): StorageError => {
  if (StorageError.is(error)) return error
  const code = codeOf(error) ?? ''
  const kind = code.slice(0, 2)
  const detail = constraintDetail(error) ?? details[code] ?? details[kind]
  return new StorageError(codes[code] ?? codes[kind] ?? 'unknown', {
    cause: error,
    ...(detail ? { detail } : {}),
  })
}

const conflicts = new Set(['40001', '40P01'])

const lostConnections = new Set([
  '57P01',
  '57P02',
  '57P03',
  CONNECTION_LOST,
  CONNECTION_CLOSED,
  'ECONNRESET',
  'EPIPE',
])

/** Whether a driver's error says that a connection in use has ended. */
export const isLostConnection = (error: unknown): boolean =>
  lostConnections.has(codeOf(error) ?? '')

/** Whether a transaction that failed with this StorageError may succeed at once: run it again. */
export const isTransient = (error: unknown): boolean =>
  StorageError.is(error) &&
  error.retryable &&
  (conflicts.has(codeOf(error.cause) ?? '') || isLostConnection(error.cause))
