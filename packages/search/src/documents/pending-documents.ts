import type { Database } from '@athena-memory/db-core'
import type { Embedder } from '@athena-memory/models'
import { and, asc, count, eq, inArray, ne, notExists, sql } from 'drizzle-orm'
import { CHUNK_ROWS } from '@athena-memory/db-core/stores'
import { embedTexts } from './prepare-documents.ts'
import { writeEmbeddings } from './write-documents.ts'

/** How far the embedding of documents has come. */
export interface EmbeddingProgress {
  /** Documents that got their vectors now. */
  readonly embedded: number
  /** Documents that still have none in this space. */
  readonly remaining: number
}

/** What is embedded, and how much of it. */
export interface PendingOptions {
  readonly embedder: Embedder
  /** Documents of one call. */
  readonly limit: number
  readonly now: Date
}

/**
 * Embeds documents that have no vectors in the embedder's space, the oldest first, and drops their
 * vectors of other spaces. Stopped at any point, the next call goes on from there.
 */
export const embedPendingDocuments = async (
  db: Database,
  { embedder, limit, now }: PendingOptions,
): Promise<EmbeddingProgress> => {
  let embedded = 0
  while (embedded < limit) {
    const size = Math.min(limit - embedded, CHUNK_ROWS)
    const written = await embedChunk(db, { embedder, limit: size, now })
    if (written === 0) break
    embedded += written
  }
  return { embedded, remaining: await countPending(db, embedder.space.id) }
}

const embedChunk = async (
  db: Database,
  { embedder, limit, now }: PendingOptions,
): Promise<number> => {
  const { space } = embedder
  const pending = await readPending(db, space.id, limit)
  if (pending.length === 0) return 0
  const contents = pending.map(({ content }) => content)
  const embeddings = await embedTexts(contents, embedder)
  return db.transaction(async (tx) => {
    const present = await readPresent(tx, pending)
    const written = pending.flatMap(({ id }, at) => {
      const embedding = embeddings[at]
      return embedding === undefined || !present.has(id) ? [] : [{ documentId: id, embedding }]
    })
    await writeEmbeddings(tx, written, { space, now })
    await dropOtherSpaces(tx, space.id, [...present])
    return written.length
  })
}

const isPending = ({ query, tables: { documents, embeddings } }: Database, spaceId: string) =>
  notExists(
    query
      .select({ one: sql`1` })
      .from(embeddings)
      .where(
        and(
          eq(embeddings.tenantId, documents.tenantId),
          eq(embeddings.documentId, documents.id),
          eq(embeddings.spaceId, spaceId),
        ),
      ),
  )

const readPending = (db: Database, spaceId: string, limit: number) => {
  const { documents } = db.tables
  return db.query
    .select({ id: documents.id, content: documents.content })
    .from(documents)
    .where(isPending(db, spaceId))
    .orderBy(asc(documents.rowNumber))
    .limit(limit)
}

/** Documents that have no vectors in a space. */
export const countPending = async (db: Database, spaceId: string): Promise<number> => {
  const { documents } = db.tables
  const [row] = await db.query
    .select({ pending: count() })
    .from(documents)
    .where(isPending(db, spaceId))
  return row?.pending ?? 0
}

/** Those documents that were not erased or replaced while their texts were embedded. */
const readPresent = async (
  { query, tables: { documents } }: Database,
  pending: readonly { id: string }[],
): Promise<Set<string>> => {
  const ids = pending.map(({ id }) => id)
  const rows = await query
    .select({ id: documents.id })
    .from(documents)
    .where(inArray(documents.id, ids))
  return new Set(rows.map(({ id }) => id))
}

const dropOtherSpaces = async (
  { query, tables: { embeddings } }: Database,
  spaceId: string,
  documentIds: readonly string[],
): Promise<void> => {
  if (documentIds.length === 0) return
  await query
    .delete(embeddings)
    .where(and(inArray(embeddings.documentId, [...documentIds]), ne(embeddings.spaceId, spaceId)))
}
