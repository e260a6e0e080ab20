import type { Database, OpenDatabase } from '@athena-memory/db-core'
import type { Embedder } from '@athena-memory/models'
import type { DocumentIndex, DocumentSources } from '@athena-memory/search'
import { and, eq, inArray } from 'drizzle-orm'
import type { ForgetReceipt } from '../all-layers.ts'
import type { Layers } from '../athena.ts'
import { inTransaction, openLayers } from './open-layers.ts'

/** A row of a layer. */
interface Named {
  readonly layer: string
  readonly id: string
}

/** What a layer says that it erased: counts by kind, and what was derived from it and stays. */
interface LayerReceipt {
  readonly forgotten: boolean
  readonly affected: readonly Named[]
}

type ForgetIn = (layers: Layers, id: string) => Promise<LayerReceipt>

/** How each layer forgets. An id is of one layer only. */
const forgetIn: Readonly<Record<string, ForgetIn>> = {
  semantic: ({ semantic }, id) => semantic.forget(id),
  episodic: ({ episodic }, id) => episodic.forget(id),
  conversation: ({ conversation }, id) => conversation.forget(id),
  graph: ({ graph }, id) => graph.forget(id),
  working: ({ working }, id) => working.forget(id),
  attention: ({ attention }, id) => attention.forget([id]),
  meta: ({ meta }, id) => meta.forget([id]),
}

/**
 * Erases one row of whatever layer with all that was made of it, and whatever names it in attention, meta
 * and working memory: all in one transaction.
 */
export const forgetAnywhere = (
  database: OpenDatabase,
  embedder: Embedder | undefined,
  id: string,
): Promise<ForgetReceipt> =>
  database.transaction(async (tx) => {
    const erasures = createErasures()
    const layers = openLayers({ ...inTransaction(tx, embedder), around: erasures.watch })
    for (const [layer, forget] of Object.entries(forgetIn)) {
      const { forgotten, affected, ...erased } = await forget(layers, id)
      if (!forgotten) continue
      await forgetNames(layers, erasures.of({ layer, id }))
      return { id, forgotten, layer, erased: countsOf(erased), affected }
    }
    return { id, forgotten: false, erased: {}, affected: [] }
  })

const countsOf = (receipt: object): Record<string, number> =>
  Object.fromEntries(
    Object.entries(receipt).filter((entry): entry is [string, number] => {
      const [, count]: [string, unknown] = entry
      return typeof count === 'number'
    }),
  )

/** The rows that were erased, with their documents, and the projects of these. */
interface Erased {
  readonly rows: readonly Named[]
  readonly projectIds: readonly string[]
}

/** Notes which documents are erased through an index: a row may take others along. */
const createErasures = () => {
  const rows: Named[] = []
  const projectIds = new Set<string>()
  const note = async (tx: Database, { layer, sourceIds }: DocumentSources) => {
    rows.push(...sourceIds.map((id) => ({ layer, id })))
    for (const projectId of await projectsOf(tx, { layer, sourceIds })) projectIds.add(projectId)
  }
  return {
    watch: (documents: DocumentIndex): DocumentIndex => ({
      ...documents,
      async remove(tx, sources) {
        await note(tx, sources)
        return documents.remove(tx, sources)
      },
    }),
    of: (row: Named): Erased => ({ rows: [row, ...rows], projectIds: [...projectIds] }),
  }
}

const projectsOf = async (
  { query, tables: { documents } }: Database,
  { layer, sourceIds }: DocumentSources,
): Promise<string[]> => {
  const rows = await query
    .selectDistinct({ projectId: documents.projectId })
    .from(documents)
    .where(and(eq(documents.layer, layer), inArray(documents.sourceId, [...sourceIds])))
  return rows.map(({ projectId }) => projectId)
}

/** Erases what other layers say of erased rows. */
const forgetNames = async (
  { attention, meta, working }: Layers,
  { rows, projectIds }: Erased,
): Promise<void> => {
  await attention.forgetItems(rows)
  for (const projectId of projectIds) await meta.forgetItems({ projectId, items: rows })
  for (const layer of new Set(rows.map((row) => row.layer))) {
    const ids = rows.filter((row) => row.layer === layer).map(({ id }) => id)
    await working.forgetMoved({ layer, ids })
  }
}
