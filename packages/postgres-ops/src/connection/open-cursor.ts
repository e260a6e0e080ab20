import type pg from 'pg'
import Cursor from 'pg-cursor'
import type { RawResult, RawRow } from './connection.ts'

/** Rows of one statement, and what is known of it so far. */
export interface Batch extends RawResult {
  readonly rows: readonly RawRow[]
}

/** A statement that runs as far as its rows are read. */
export interface RowCursor {
  /** At most so many rows more; none after the last one. */
  read(limit: number): Promise<Batch>
  /** Leaves what was not read. Not after a failure. */
  close(): Promise<void>
}

interface CopyConnection {
  sendCopyFail(message: string): void
}

/** The cursor of the driver knows nothing of COPY, and what it does not know ends the process. */
const COPY = {
  handleCopyInResponse: (connection: CopyConnection): void =>
    connection.sendCopyFail('there is nothing to copy'),
  handleCopyData: (): void => undefined,
}

/** Parse, Bind and Execute, whatever the text holds: the server refuses more than one statement. */
export const openCursor = (
  client: pg.Client,
  text: string,
  params: readonly (string | null)[],
): RowCursor => {
  const cursor = new Cursor<RawRow>(text, [...params], { rowMode: 'array' })
  client.query(Object.assign(cursor, COPY))
  let [columns, count]: [RawResult['columns'], number] = [[], 0]
  const read = (limit: number): Promise<Batch> =>
    new Promise((resolve, reject) => {
      cursor.read(limit, (error, rows, result?: pg.QueryResult) => {
        // Not there when all was read before.
        if (result) {
          columns = result.fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }))
          count = result.rowCount ?? 0
        }
        if (error) reject(error)
        else resolve({ rows, columns, count })
      })
    })
  return {
    read: (limit) => orFailure(client, read(limit)),
    close: () => orFailure(client, cursor.close()),
  }
}

/** The cursor of the driver waits for ever when the server fails, or is lost, after the last row. */
const orFailure = async <Answer>(
  { connection }: pg.Client,
  answering: Promise<Answer>,
): Promise<Answer> => {
  let leave = (): unknown => undefined
  const failing = new Promise<never>((_, reject) => {
    const lose = (): void => reject(new Error('the connection was lost'))
    connection.on('errorMessage', reject).on('end', lose)
    leave = () => connection.off('errorMessage', reject).off('end', lose)
  })
  try {
    return await Promise.race([answering, failing])
  } finally {
    leave()
  }
}
