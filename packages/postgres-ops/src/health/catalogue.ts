import type { z } from 'zod'
import type { Connection, RawRow } from '../connection/connection.ts'

/** One connection to a database, to look into it: what a transaction begins, the next query is in. */
export interface Catalogue {
  /**
   * Runs one statement through the extended protocol.
   *
   * @returns the first column of every row as text
   */
  query(sql: string, params?: readonly (string | null)[]): Promise<readonly (string | null)[]>
}

/** Looks through a connection that nothing else uses meanwhile. */
export const createCatalogue = (connection: Pick<Connection, 'run'>): Catalogue => ({
  async query(sql, params = []) {
    const values: (string | null)[] = []
    const onRows = (rows: readonly RawRow[]): boolean => {
      values.push(...rows.map(([value]) => value ?? null))
      return true
    }
    await connection.run(sql, { params, batch: 1000, onRows })
    return values
  },
})

/** A query whose rows are JSON objects. */
export interface JsonQuery<Row extends z.ZodType> {
  readonly sql: string
  readonly params?: readonly string[]
  readonly row: Row
}

/** Rows of a query that selects one JSON object a row, validated. */
export const readJson = async <Row extends z.ZodType>(
  catalogue: Catalogue,
  { sql, params, row }: JsonQuery<Row>,
): Promise<z.output<Row>[]> => {
  const texts = await catalogue.query(sql, params)
  return texts.map((text) => row.parse(JSON.parse(text ?? 'null')))
}

/** Runs `work` in a transaction that leaves nothing. */
export const rolledBack = async <Result>(
  catalogue: Catalogue,
  work: () => Promise<Result>,
): Promise<Result> => {
  await catalogue.query('begin')
  try {
    return await work()
  } finally {
    await catalogue.query('rollback')
  }
}

/** A name as PostgreSQL wants it written, whatever it holds. */
export const quoteName = (...path: readonly string[]): string =>
  path.map((name) => `"${name.replaceAll('"', '""')}"`).join('.')

/** Texts as a parameter of the type `text[]`. */
export const toTextArray = (texts: readonly string[]): string =>
  `{${texts.map((text) => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`
