import type { Database } from '@athena-memory/db-core'
import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { chunks } from '../documents/chunks.ts'
import { type CodeTable, createCodeTable } from './code-table.ts'
import { readLogAfter, readLogBounds } from './embedding-log.ts'
import { codeBytes, toWords } from './sign-bits.ts'

/** Embeddings read at a time when a space is loaded. */
const BLOCK_ROWS = 5000

/** A space, as far as its codes are concerned. */
export interface CodedSpace {
  readonly id: string
  readonly dimensions: number
}

/** The codes of one space of a libSQL file, in memory. */
export interface CodeCache {
  /**
   * The embeddings with the codes nearest to `code`, nearest first, exactly as the snapshot has them,
   * whichever process wrote them.
   */
  nearest(snapshot: Database, code: Uint32Array, limit: number): Promise<NearestCodes>
}

/** Row numbers of embeddings, and how many there are to choose from. */
export interface NearestCodes {
  readonly rowNumbers: readonly number[]
  readonly size: number
}

interface Loaded {
  readonly codes: CodeTable
  readonly sequence: number
}

/** A cache that loads on first use and then follows the embedding log. */
export const createCodeCache = (space: CodedSpace): CodeCache => {
  let loaded: Loaded | undefined
  // One search at a time moves the codes on; the snapshot of another may be older or newer.
  let turn: Promise<unknown> = Promise.resolve()

  const follow = async (snapshot: Database): Promise<CodeTable> => {
    const { first, last } = await readLogBounds(snapshot)
    const known = loaded
    // An older snapshot, or a log that no longer holds all that was missed, is read from the start.
    if (known === undefined || last < known.sequence || first > known.sequence + 1) {
      const codes = await loadCodes(snapshot, space)
      if (known === undefined || last > known.sequence) loaded = { codes, sequence: last }
      return codes
    }
    if (last > known.sequence) {
      loaded = undefined
      await applyLog(snapshot, known, space)
      loaded = { codes: known.codes, sequence: last }
    }
    return known.codes
  }

  return {
    nearest(snapshot, code, limit) {
      const search = turn.then(async () => {
        const codes = await follow(snapshot)
        return { rowNumbers: codes.nearest(code, limit), size: codes.size }
      })
      turn = search.catch(() => undefined)
      return search
    },
  }
}

const loadCodes = async (snapshot: Database, space: CodedSpace): Promise<CodeTable> => {
  const codes = createCodeTable(codeBytes(space.dimensions) / 4)
  const { embeddings } = snapshot.tables
  for (let after = 0; ;) {
    const rows = await snapshot.query
      .select({ rowNumber: embeddings.rowNumber, bits: embeddings.bits })
      .from(embeddings)
      .where(and(eq(embeddings.spaceId, space.id), gt(embeddings.rowNumber, after)))
      .orderBy(asc(embeddings.rowNumber))
      .limit(BLOCK_ROWS)
    for (const { rowNumber, bits } of rows) codes.set(rowNumber, toWords(bits))
    after = rows.at(-1)?.rowNumber ?? after
    if (rows.length < BLOCK_ROWS) return codes
  }
}

const applyLog = async (
  snapshot: Database,
  { codes, sequence }: Loaded,
  { id }: CodedSpace,
): Promise<void> => {
  const { embeddings } = snapshot.tables
  for (const chunk of chunks(await readLogAfter(snapshot, id, sequence))) {
    for (const rowNumber of chunk) codes.delete(rowNumber)
    const rows = await snapshot.query
      .select({ rowNumber: embeddings.rowNumber, bits: embeddings.bits })
      .from(embeddings)
      .where(and(eq(embeddings.spaceId, id), inArray(embeddings.rowNumber, chunk)))
    for (const { rowNumber, bits } of rows) codes.set(rowNumber, toWords(bits))
  }
}
