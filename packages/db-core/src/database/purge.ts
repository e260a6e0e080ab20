import type { Connection, Dialect } from '../engine.ts'

/** Merges the full text into one segment, which leaves out what was deleted; see `Database.purge`. */
export const purge = async (dialect: Dialect, connection: Connection): Promise<void> => {
  if (dialect === 'postgres') return
  await connection.execute("insert into documents_fts (documents_fts) values ('optimize')", [])
}
