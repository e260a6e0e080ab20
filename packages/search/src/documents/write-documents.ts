import type { Database } from '@athena-memory/db-core'
import type { EmbeddingSpace } from '@athena-memory/models'
import { and, eq, inArray } from 'drizzle-orm'
import { encodePieces, encodeStems } from '../analysis/pieces.ts'
import { toSignBits } from '../vectors/sign-bits.ts'
import { chunksOf } from '@athena-memory/db-core/stores'
import type { PreparedDocument, PreparedEmbedding } from './document-input.ts'

/** What writing documents needs besides them. */
export interface WriteContext {
  readonly space: EmbeddingSpace | undefined
  readonly now: Date
  readonly newId: () => string
}

/**
 * Writes documents in the caller's transaction. One that replaces another of the same layer and source
 * gets a new row, so that a row number stands for one text for ever; of several for one source the last stays.
 */
export const writeDocuments = async (
  tx: Database,
  prepared: readonly PreparedDocument[],
  context: WriteContext,
): Promise<void> => {
  const latest = [...new Map(prepared.map((document) => [nameOf(document), document])).values()]
  for (const chunk of chunksOf(latest)) {
    const rows = chunk.map((document) => toRow(document, context))
    await insertDocuments(tx, rows)
    const embedded = chunk.flatMap(({ embedding }, at) => {
      const documentId = rows[at]?.id
      return embedding === undefined || documentId === undefined ? [] : [{ documentId, embedding }]
    })
    await writeEmbeddings(tx, embedded, context)
  }
}

/** Layers have no space in their names. */
const nameOf = ({ input }: PreparedDocument): string => `${input.layer} ${input.sourceId}`

type DocumentRow = ReturnType<typeof toRow>

/** Most documents replace none: others are looked for only where one was in the way. */
const insertDocuments = async (tx: Database, rows: readonly DocumentRow[]): Promise<void> => {
  const { documents } = tx.tables
  const inserted = await tx.insertRows(documents, rows, { passOverTaken: true })
  if (inserted === rows.length) return
  await deleteDocuments(tx, rows)
  await tx.insertRows(documents, rows)
}

const deleteDocuments = async (tx: Database, rows: readonly DocumentRow[]): Promise<void> => {
  const { documents } = tx.tables
  for (const layer of new Set(rows.map((row) => row.layer))) {
    const sourceIds = rows.filter((row) => row.layer === layer).map(({ sourceId }) => sourceId)
    await tx.query
      .delete(documents)
      .where(and(eq(documents.layer, layer), inArray(documents.sourceId, sourceIds)))
  }
}

const toRow = ({ input, text }: PreparedDocument, { now, newId }: WriteContext) => ({
  id: newId(),
  projectId: input.projectId,
  layer: input.layer,
  sourceId: input.sourceId,
  kind: input.kind,
  content: input.content,
  speaker: input.speaker,
  role: input.role,
  groupId: input.groupId,
  position: input.position,
  importance: input.importance,
  tags: [...(input.tags ?? [])],
  consolidationState: input.consolidationState,
  occurredAt: input.occurredAt,
  validFrom: input.validFrom,
  validUntil: input.validUntil,
  stems: encodeStems(text.stems),
  pieces: encodePieces(text.pieces),
  length: text.pieces.reduce((sum, piece) => sum + piece.length, 0),
  createdAt: now,
  updatedAt: now,
})

/** The vectors of one document. */
export interface EmbeddedDocument {
  readonly documentId: string
  readonly embedding: PreparedEmbedding
}

/** Writes vectors of documents that have none in that space yet; known ones stay as they are. */
export const writeEmbeddings = async (
  tx: Database,
  embedded: readonly EmbeddedDocument[],
  { space, now }: Pick<WriteContext, 'space' | 'now'>,
): Promise<void> => {
  if (embedded.length === 0 || space === undefined) return
  await writeSpace(tx, space, now)
  const rows = embedded.flatMap(({ documentId, embedding }) =>
    embedding.vectors.map((vector, piece) => ({
      documentId,
      spaceId: embedding.spaceId,
      piece,
      dimensions: vector.length,
      bits: toSignBits(vector),
      vector,
    })),
  )
  await tx.insertRows(tx.tables.embeddings, rows, { passOverTaken: true })
}

const writeSpace = async (tx: Database, space: EmbeddingSpace, createdAt: Date): Promise<void> => {
  const rows = [{ ...space, createdAt }]
  await tx.insertRows(tx.tables.embeddingSpaces, rows, { passOverTaken: true })
}
