import type { Connection } from '../engine.ts'

/** What SQLite finds damaged in the file; empty when it is sound. Reads the whole database. */
export const findDamage = async (connection: Connection): Promise<string[]> => {
  const rows = await connection.execute('pragma integrity_check', [])
  return rows.map(([finding]) => String(finding)).filter((finding) => finding !== 'ok')
}
