import { randomBytes } from 'node:crypto'
import connect from 'postgres'

/** A new, empty database of a real PostgreSQL server. */
export interface EmptyPostgres {
  /** Its address, with the role that owns it. */
  readonly url: string
  /** Removes it, whoever is connected. */
  drop(): Promise<void>
}

/**
 * Makes a database beside the one of `server`.
 *
 * @param server the address of a role that may create databases and roles
 */
export const createEmptyPostgres = async (
  server: string,
  { template = 'template1' }: { readonly template?: string } = {},
): Promise<EmptyPostgres> => {
  const name = `athena_test_${randomBytes(6).toString('hex')}`
  const admin = connect(server, { max: 1, onnotice: () => undefined })
  await admin.unsafe(`create database ${name} template ${template}`)
  const url = new URL(server)
  url.pathname = name
  return {
    url: url.href,
    async drop() {
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}
