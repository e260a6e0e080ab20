import { byDialect, type Database } from '@athena-memory/db-core'
import { type LogPosition, readEmbeddingChanges } from '../documents/change-log.ts'
import { type CodedRow, type CodeTable, createCodeTable } from './code-table.ts'
import { type CodedSpace, readAllCodes, readChangedCodes } from './read-codes.ts'
import { codeBytes } from './sign-bits.ts'

/** The codes of one space, in memory. */
export interface CodeCache {
  /**
   * Row numbers of documents by how near their codes are to `code`, nearest first. All that the
   * snapshot has is there, whichever process wrote it.
   */
  rank(snapshot: Database, code: Uint32Array): Promise<RankedCodes>
  /** The embeddings of these documents. */
  ofDocuments(snapshot: Database, documentRows: readonly number[]): Promise<CodedRow[]>
  /** How many there are; absent where none are loaded. */
  size(): number | undefined
  /** Frees the memory. */
  unload(): void
}

/** Documents by their codes, and how many codes there are to choose from. */
export interface RankedCodes {
  readonly first: (limit: number) => number[]
  readonly size: number
}

interface Loaded {
  readonly codes: CodeTable
  readonly position: LogPosition
}

/** A cache that loads on first use and then follows the log of changes. */
export const createCodeCache = (space: CodedSpace): CodeCache => {
  let loaded: Loaded | undefined
  // One search at a time moves the codes on.
  let turn: Promise<unknown> = Promise.resolve()

  const follow = async (snapshot: Database): Promise<CodeTable> => {
    const known = loaded
    const { reached, rowNumbers } = await readEmbeddingChanges(snapshot, known?.position)
    // What fails half-way is loaded anew.
    loaded = undefined
    const codes =
      known === undefined || rowNumbers === undefined
        ? await loadCodes(snapshot, space)
        : await applyChanges(snapshot, { space, codes: known.codes }, rowNumbers)
    loaded = { codes, position: { reached } }
    return codes
  }

  const inTurn = <T>(snapshot: Database, look: (codes: CodeTable) => T): Promise<T> => {
    const looked = turn.then(async () => look(await follow(snapshot)))
    turn = looked.catch(() => undefined)
    return looked
  }

  return {
    rank: (snapshot, code) =>
      inTurn(snapshot, (codes) => ({ first: codes.rank(code), size: codes.size })),
    ofDocuments: (snapshot, documentRows) =>
      inTurn(snapshot, (codes) => documentRows.flatMap(codes.ofDocument)),
    size: () => loaded?.codes.size,
    unload() {
      loaded = undefined
    },
  }
}

const loadCodes = async (snapshot: Database, space: CodedSpace): Promise<CodeTable> => {
  const codes = createCodeTable(codeBytes(space.dimensions) / 4)
  for await (const block of readAllCodes(snapshot, space)) {
    for (const { row, code } of block) codes.set(row, code)
  }
  return codes
}

const applyChanges = async (
  snapshot: Database,
  { space, codes }: { space: CodedSpace; codes: CodeTable },
  rowNumbers: readonly number[],
): Promise<CodeTable> => {
  if (rowNumbers.length === 0) return codes
  const changed = byDialect(snapshot, {
    sqlite: () => rowNumbers,
    postgres: () =>
      rowNumbers.flatMap((document) => codes.ofDocument(document).map((row) => row.rowNumber)),
  })
  const read = await readChangedCodes(snapshot, space, rowNumbers)
  changed.forEach(codes.delete)
  for (const { row, code } of read) codes.set(row, code)
  return codes
}
