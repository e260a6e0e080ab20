import { fromCell } from '../rows/cell.ts'
import { batchRows, type SizedRow } from '../rows/batch-rows.ts'
import type { TableRow } from '../rows/table-rows.ts'
import { type Contents, createTally } from '../rows/tally.ts'
import { toCanonicalJson } from '../rows/canonical-json.ts'
import { TransferError } from '../transfer-error.ts'
import type { BackupTable, OpenedBackup } from './opened-backup.ts'
import { readLines } from './read-lines.ts'
import type { Sealed } from './seal.ts'
import { isRecord, SNAPSHOT_START, SNAPSHOT_VERSION } from './snapshot-format.ts'

/** Whether a file that begins with `start` is a snapshot. */
export const isSnapshot = (start: Buffer): boolean =>
  start.subarray(0, SNAPSHOT_START.length).equals(SNAPSHOT_START)

/**
 * Opens a snapshot.
 *
 * @throws TransferError `damaged` or `newer`
 */
export const openSnapshot = async (path: string, file: Sealed): Promise<OpenedBackup> => {
  const lines = () => readLines(path, file.bodyBytes)
  const tables = await readTables(lines())
  return { tables, rows: () => batchRows(readRows(lines(), tables)), close: async () => undefined }
}

const readTables = async (lines: AsyncGenerator<string>): Promise<BackupTable[]> => {
  const { value: first } = await lines.next()
  await lines.return(undefined)
  const header = parse(first)
  if (!isRecord(header) || typeof header['version'] !== 'number') throw malformed()
  if (header['version'] > SNAPSHOT_VERSION) {
    const message = 'a newer version made the backup; update Athena to restore it'
    throw new TransferError('newer', message)
  }
  if (!isTables(header['tables'])) throw malformed()
  return header['tables']
}

const isTables = (value: unknown): value is BackupTable[] =>
  Array.isArray(value) &&
  value.every(
    (table: unknown) =>
      isRecord(table) &&
      typeof table['name'] === 'string' &&
      typeof table['rows'] === 'number' &&
      Array.isArray(table['columns']) &&
      table['columns'].every((column: unknown) => typeof column === 'string'),
  )

/** The rows between header and trailer, checked against the trailer. */
async function* readRows(
  lines: AsyncGenerator<string>,
  tables: readonly BackupTable[],
): AsyncGenerator<SizedRow> {
  const tally = createTally(tables.map(({ name }) => name))
  const columns = new Map(tables.map((table) => [table.name, table.columns]))
  await lines.next()
  let isComplete = false
  for await (const line of lines) {
    if (isComplete) throw malformed()
    const value = parse(line)
    isComplete = isRecord(value)
    if (isRecord(value)) assertSame(value['contents'], tally.contents())
    else {
      const { table, row } = toRow(value, columns)
      tally.add({ table, rows: [row] })
      yield { table, row, size: line.length }
    }
  }
  if (!isComplete) throw malformed()
}

const assertSame = (expected: unknown, found: Contents): void => {
  if (!isRecord(expected) || toCanonicalJson(expected) !== toCanonicalJson(found)) throw malformed()
}

const toRow = (
  value: unknown,
  columns: ReadonlyMap<unknown, readonly string[]>,
): { table: string; row: TableRow } => {
  if (!Array.isArray(value)) throw malformed()
  const [table, ...cells]: unknown[] = value
  const names = columns.get(table)
  if (typeof table !== 'string' || names?.length !== cells.length) throw malformed()
  const entries = names.map((name, at) => [name, orMalformed(() => fromCell(cells[at]))] as const)
  return { table, row: Object.fromEntries(entries) }
}

const parse = (line: unknown): unknown => orMalformed(() => JSON.parse(String(line)))

const orMalformed = <T>(read: () => T): T => {
  try {
    return read()
  } catch (cause) {
    throw malformed(cause)
  }
}

const malformed = (cause?: unknown) =>
  new TransferError('damaged', 'the backup is damaged: its rows are not as they were written', {
    cause,
  })
