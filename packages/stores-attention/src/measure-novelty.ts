import type { Database } from '@athena-memory/db-core'
import { and, desc, eq, inArray, or, type SQL } from 'drizzle-orm'
import { type ItemRef, keyOf, namesItem } from '@athena-memory/db-core/stores'

/** How many of the latest texts an item is compared with. */
const NOVELTY_TEXTS = 100

/** The beginning of a text as a model sees it. */
interface Embedded {
  readonly key: string
  readonly spaceId: string
  readonly vector: Float32Array
}

/**
 * How unlike the latest 100 other texts of its project each item is, from 0 to 1, by `keyOf`: 1 − the
 * greatest cosine between the beginnings of two texts. Absent for what has no vector, and where no
 * other text has one of the same model.
 */
export const measureNovelty = async (
  db: Database,
  projectId: string,
  items: readonly ItemRef[],
): Promise<Map<string, number>> => {
  const { documents } = db.tables
  const isItem = namesItem({ layer: documents.layer, id: documents.sourceId }, items)
  const latest = db.query
    .select({ id: documents.id })
    .from(documents)
    .where(eq(documents.projectId, projectId))
    .orderBy(desc(documents.rowNumber))
    .limit(NOVELTY_TEXTS + items.length)
  const texts = await readEmbedded(
    db,
    and(eq(documents.projectId, projectId), or(isItem, inArray(documents.id, latest))),
  )
  const novelties = items.map((item) => [keyOf(item), noveltyOf(keyOf(item), texts)] as const)
  return new Map(
    novelties.flatMap(([key, novelty]) => (novelty === undefined ? [] : [[key, novelty]])),
  )
}

const readEmbedded = async (
  { query, tables: { documents, embeddings } }: Database,
  condition: SQL | undefined,
): Promise<Embedded[]> => {
  const rows = await query
    .select({
      layer: documents.layer,
      id: documents.sourceId,
      spaceId: embeddings.spaceId,
      vector: embeddings.vector,
    })
    .from(documents)
    .innerJoin(embeddings, and(eq(embeddings.documentId, documents.id), eq(embeddings.piece, 0)))
    .where(condition)
    .orderBy(desc(documents.rowNumber))
  return rows.map(({ spaceId, vector, ...item }) => ({ key: keyOf(item), spaceId, vector }))
}

const noveltyOf = (key: string, texts: readonly Embedded[]): number | undefined => {
  const others = [...new Set(texts.map((text) => text.key))]
    .filter((other) => other !== key)
    .slice(0, NOVELTY_TEXTS)
  const near = new Set(others)
  const cosines = texts
    .filter((text) => text.key === key)
    .flatMap((own) =>
      texts
        .filter((other) => near.has(other.key) && other.spaceId === own.spaceId)
        .map((other) => cosine(own.vector, other.vector)),
    )
  return cosines.length === 0 ? undefined : 1 - Math.min(Math.max(0, ...cosines), 1)
}

const cosine = (a: Float32Array, b: Float32Array): number => {
  const length = Math.sqrt(dot(a, a) * dot(b, b))
  return length === 0 ? 0 : dot(a, b) / length
}

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
