import type { z } from 'zod'
import type { Connection, RawRow } from '../connection/connection.ts'

/**
 * Runs one statement of this package's own that reads, and gives its rows as objects: the statement
 * selects one JSON object a row. The one way by which everything here looks into the catalogue.
 */
export type ReadRows = <Row extends z.ZodType>(
  sql: string,
  row: Row,
  params?: readonly (string | null)[],
) => Promise<z.output<Row>[]>

/** Reads through a connection, as it stands. */
export const createReadRows =
  (connection: Connection): ReadRows =>
  async (sql, row, params = []) => {
    const texts: string[] = []
    const onRows = (rows: readonly RawRow[]): boolean => {
      texts.push(...rows.map(([value]) => value ?? 'null'))
      return true
    }
    await connection.run(sql, { params, batch: 1000, onRows })
    return texts.map((text) => row.parse(JSON.parse(text)))
  }
