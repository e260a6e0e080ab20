import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** A connection beside those of a database handle, as the user of the address. */
export const connectPostgres = async (url: string, options = ''): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url, options })
  await client.connect()
  return client
}

/** A new, empty database of a real PostgreSQL server. */
export interface EmptyPostgres {
  /** Its address, with the role that owns it. */
  readonly url: string
  /** Runs statements as the role that owns it. */
  execute(sql: string): Promise<void>
  /** Makes a role that may log in, and nothing else; it goes with the database. */
  createLogin(): Promise<PostgresLogin>
  /** Removes it, whoever is connected. */
  drop(): Promise<void>
}

/** A role of one database. */
export interface PostgresLogin {
  readonly role: string
  /** The address of the database with this role. */
  readonly url: string
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
  const admin = await connectPostgres(server)
  await admin.query(`create database ${name} template ${template}`)
  const url = new URL(server)
  url.pathname = name
  const roles: string[] = []
  return {
    url: url.href,
    async execute(sql) {
      const owner = await connectPostgres(url.href)
      await owner.query(sql).finally(() => owner.end())
    },
    async createLogin() {
      const role = `${name}_${roles.length}`
      roles.push(role)
      const password = randomBytes(12).toString('hex')
      await admin.query(`create role ${role} login password '${password}'`)
      return { role, url: Object.assign(new URL(url), { username: role, password }).href }
    },
    async drop() {
      await admin.query(`drop database ${name} with (force)`)
      for (const role of roles) await admin.query(`drop role ${role}`)
      await admin.end()
    },
  }
}
