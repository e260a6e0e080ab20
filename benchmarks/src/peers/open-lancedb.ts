import { join } from 'node:path'
import type * as LanceDb from '@lancedb/lancedb'
import type { WorldQuestion } from '../world/world.ts'
import type { SearchKind } from '../speed/measure-searches.ts'
import { loadPackage } from './load-package.ts'
import { type NumberedMemory, type Peer, PEER_RESULTS, projectOf } from './peer.ts'

const TABLE = 'memories'
const WHERE = "project = 'large'"

/** Below this LanceDB itself compares all vectors, and an index has too few to learn from. */
const LEAST_INDEXED = 1000

/** LanceDB in a folder: partitions of vectors (IVF), full text, a bitmap of projects, fused by rank. */
export const openLancedb = async ({ folder }: { readonly folder: string }): Promise<Peer> => {
  // It warns with every hybrid search that a later version will return other columns.
  process.env['LANCEDB_LOG'] ??= 'error'
  const lancedb = await loadPackage<typeof LanceDb>('@lancedb/lancedb')
  const db = await lancedb.connect(join(folder, 'lancedb'))
  const reranker = await lancedb.rerankers.RRFReranker.create()
  let table = await openTable(db)
  return {
    isPersistent: true,
    async insert(memories) {
      const rows = memories.map(toRow)
      if (table === undefined) table = await db.createTable(TABLE, rows)
      else await table.add(rows)
    },
    finish: async () => table && buildIndexes(lancedb, table),
    search: async (kind, question) => (table ? search({ table, reranker }, kind, question) : []),
    async close() {
      table?.close()
      db.close()
    },
  }
}

const openTable = async (db: LanceDb.Connection): Promise<LanceDb.Table | undefined> =>
  (await db.tableNames()).includes(TABLE) ? db.openTable(TABLE) : undefined

const toRow = (memory: NumberedMemory) => ({
  number: memory.number,
  project: projectOf(memory),
  content: memory.content,
  vector: memory.vector,
})

const buildIndexes = async ({ Index }: typeof LanceDb, table: LanceDb.Table): Promise<void> => {
  if ((await table.countRows()) >= LEAST_INDEXED) {
    await table.createIndex('vector', { config: Index.ivfFlat({ distanceType: 'cosine' }) })
  }
  await table.createIndex('content', { config: Index.fts() })
  await table.createIndex('project', { config: Index.bitmap() })
}

interface Opened {
  readonly table: LanceDb.Table
  readonly reranker: LanceDb.rerankers.RRFReranker
}

const search = async (
  { table, reranker }: Opened,
  kind: SearchKind,
  { text, vector }: WorldQuestion,
): Promise<number[]> => {
  const near = () => table.query().nearestTo(vector).distanceType('cosine')
  const words = { columns: ['content'] }
  const queries = {
    vector: () => near().select(['number', '_distance']),
    text: () => table.query().fullTextSearch(text, words).select(['number', '_score']),
    hybrid: () => near().fullTextSearch(text, words).rerank(reranker).select(['number']),
  }
  const query = queries[kind]().where(WHERE).limit(PEER_RESULTS)
  const rows: readonly { readonly number: unknown }[] = await query.toArray()
  return rows.map(({ number }) => Number(number))
}
