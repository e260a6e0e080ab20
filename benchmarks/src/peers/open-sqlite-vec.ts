import { join } from 'node:path'
import type LibsqlDatabase from 'libsql'
import type * as SqliteVec from 'sqlite-vec'
import { FUNCTION_WORDS } from '../world/vocabulary.ts'
import type { WorldQuestion } from '../world/world.ts'
import { fuseRanks } from './fuse-ranks.ts'
import { loadPackage } from './load-package.ts'
import { type Peer, PEER_RESULTS, type NumberedMemory, projectOf } from './peer.ts'

/** Where to open it, and how it compares vectors. */
export interface SqliteVecOptions {
  readonly folder: string
  readonly dim: number
  /** Whether sign bits are compared first; otherwise all full vectors are. */
  readonly byBits: boolean
}

/** Of each list so many are fused. */
const FUSED = 50

/** Of so many that are near by their bits the full vectors are compared. */
const REFINED = 200

/** sqlite-vec and FTS5 in one file, fused by their ranks as the documentation of sqlite-vec shows. */
export const openSqliteVec = async ({ folder, dim, byBits }: SqliteVecOptions): Promise<Peer> => {
  const { default: Database } = await loadPackage<{ default: typeof LibsqlDatabase }>('libsql')
  const sqliteVec = await loadPackage<typeof SqliteVec>('sqlite-vec')
  const db = new Database(join(folder, 'sqlite-vec.db'))
  sqliteVec.load(db)
  db.exec('pragma journal_mode = wal')
  db.exec(tables(dim, byBits))
  const insert = inserter(db, byBits)
  const byVector = vectorSearch(db, byBits)
  const byText = textSearch(db)
  const searches = {
    vector: (question: WorldQuestion) => byVector(question, PEER_RESULTS),
    text: (question: WorldQuestion) => byText(question, PEER_RESULTS),
    hybrid: (question: WorldQuestion) =>
      fuseRanks([byVector(question, FUSED), byText(question, FUSED)]).slice(0, PEER_RESULTS),
  }
  return {
    isPersistent: true,
    insert: async (memories) => insert(memories),
    finish: async () => undefined,
    search: async (kind, question) => searches[kind](question),
    close: async () => {
      db.close()
    },
  }
}

const tables = (dim: number, byBits: boolean): string => `
  create table if not exists memories (
    id integer primary key, project text not null, content text not null
  );
  create virtual table if not exists words using fts5(
    content, content = 'memories', content_rowid = 'id', tokenize = 'porter'
  );
  create virtual table if not exists vectors using vec0(
    id integer primary key, project text partition key,
    embedding float[${dim}] distance_metric = cosine${byBits ? `, bits bit[${dim}]` : ''}
  );`

const inserter = (db: LibsqlDatabase.Database, byBits: boolean) => {
  const memory = db.prepare('insert into memories values (?, ?, ?)')
  const words = db.prepare('insert into words (rowid, content) values (?, ?)')
  const bits = byBits ? ', vec_quantize_binary(?)' : ''
  const vector = db.prepare(`insert into vectors values (?, ?, ?${bits})`)
  return db.transaction((memories: readonly NumberedMemory[]) => {
    for (const one of memories) {
      const [project, embedding] = [projectOf(one), toBytes(one.vector)]
      memory.run(one.number, project, one.content)
      words.run(one.number, one.content)
      // An integer, and no number with a fraction, is what the extension takes for a key.
      const row = [BigInt(one.number), project, embedding]
      vector.run(...row, ...(byBits ? [embedding] : []))
    }
  })
}

type Search = (question: WorldQuestion, limit: number) => number[]

const vectorSearch = (db: LibsqlDatabase.Database, byBits: boolean): Search => {
  if (byBits) {
    const statement = db.prepare(`
      with near as (
        select id, embedding from vectors
        where bits match vec_quantize_binary(?) and project = 'large' and k = ?
      )
      select id from near order by vec_distance_cosine(embedding, ?) limit ?`)
    return ({ vector }, limit) => {
      const sought = toBytes(vector)
      return idsOf(statement.all(sought, REFINED, sought, limit))
    }
  }
  const statement = db.prepare(`
    select id from vectors
    where embedding match ? and project = 'large' and k = ? order by distance`)
  return ({ vector }, limit) => idsOf(statement.all(toBytes(vector), limit))
}

const textSearch = (db: LibsqlDatabase.Database): Search => {
  const statement = db.prepare(`
    select memories.id from words join memories on memories.id = words.rowid
    where words match ? and memories.project = 'large' order by words.rank limit ?`)
  return ({ text }, limit) => idsOf(statement.all(toMatch(text), limit))
}

const STOP_WORDS: ReadonlySet<string> = new Set([...FUNCTION_WORDS, 'what'])

/** Any of the question's words: all of them stand in hardly any text. FTS5 knows no stop words. */
const toMatch = (text: string): string =>
  (text.toLowerCase().match(/\p{L}+/gu) ?? [])
    .filter((word) => !STOP_WORDS.has(word))
    .map((word) => `"${word}"`)
    .join(' OR ')

const toBytes = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)

const idsOf = (rows: readonly unknown[]): number[] =>
  rows.map((row) =>
    typeof row === 'object' && row !== null && 'id' in row ? Number(row.id) : Number.NaN,
  )
