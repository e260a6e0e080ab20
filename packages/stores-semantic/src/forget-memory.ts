import { eraseDerivations } from '@athena-memory/db-core/stores'
import type { Database } from '@athena-memory/db-core'
import { and, eq, inArray } from 'drizzle-orm'
import { versionsOf } from './find-memories.ts'
import { SEMANTIC_LAYER } from './memory.ts'
import type { StoreContext } from './store-context.ts'

/** What was erased. */
export interface ForgetReceipt {
  /** False where there was nothing to forget. */
  readonly forgotten: boolean
  /** Erased versions, those of memories without other grounds included. */
  readonly memories: number
  readonly documents: number
  readonly embeddings: number
  /** Records of what was derived from what. */
  readonly derivations: number
  /**
   * What was derived from what is now forgotten, and stays: rows of other layers, and memories that
   * rest on other evidence too. Whoever made them should make them anew, or forget them.
   */
  readonly affected: { layer: string; id: string }[]
}

/** Erases a memory with all its versions; see `SemanticStore.forget`. */
export const forgetMemory = ({ db, documents }: StoreContext, id: string): Promise<ForgetReceipt> =>
  db.transaction(async (tx) => {
    const ids = await collectGroundless(tx, await idsOfVersions(tx, id))
    if (ids.length === 0) return NOTHING_FORGOTTEN
    const affected = await findDerived(tx, ids)
    const derivations = (await eraseDerivations(tx, { layer: SEMANTIC_LAYER, ids })).length
    const erased = await documents.remove(tx, { layer: SEMANTIC_LAYER, sourceIds: ids })
    await deleteMemories(tx, ids)
    return { forgotten: true, memories: ids.length, ...erased, derivations, affected }
  })

const NOTHING_FORGOTTEN: ForgetReceipt = {
  forgotten: false,
  memories: 0,
  documents: 0,
  embeddings: 0,
  derivations: 0,
  affected: [],
}

const deleteMemories = async ({ query, tables: { memories } }: Database, ids: string[]) => {
  const named = inArray(memories.id, ids)
  // Versions fall one after the other, each inside the fall of the next: SQLite allows 1,000 of that.
  await query.update(memories).set({ supersededBy: null }).where(named)
  await query.delete(memories).where(named)
}

const idsOfVersions = async (tx: Database, id: string): Promise<string[]> =>
  (await versionsOf(tx, id)).map((row) => row.id)

/** The ids, and those of all memories that were derived from nothing else: their text is derived text. */
const collectGroundless = async (tx: Database, ids: readonly string[]): Promise<string[]> => {
  const collected = new Set(ids)
  let isGrowing = collected.size > 0
  while (isGrowing) {
    isGrowing = false
    for (const { layer, id } of await findDerived(tx, [...collected])) {
      if (layer !== SEMANTIC_LAYER || (await hasOtherGrounds(tx, id, collected))) continue
      for (const version of await idsOfVersions(tx, id)) {
        isGrowing ||= !collected.has(version)
        collected.add(version)
      }
    }
  }
  return [...collected]
}

/** What was derived from these memories, other than these memories. */
const findDerived = async (
  { query, tables: { derivations } }: Database,
  ids: readonly string[],
): Promise<{ layer: string; id: string }[]> => {
  const rows = await query
    .selectDistinct({ layer: derivations.derivedLayer, id: derivations.derivedId })
    .from(derivations)
    .where(
      and(eq(derivations.evidenceLayer, SEMANTIC_LAYER), inArray(derivations.evidenceId, [...ids])),
    )
    .orderBy(derivations.derivedLayer, derivations.derivedId)
  return rows.filter(({ layer, id }) => layer !== SEMANTIC_LAYER || !ids.includes(id))
}

const hasOtherGrounds = async (
  { query, tables: { derivations } }: Database,
  id: string,
  forgotten: ReadonlySet<string>,
): Promise<boolean> => {
  const grounds = await query
    .select({ layer: derivations.evidenceLayer, id: derivations.evidenceId })
    .from(derivations)
    .where(and(eq(derivations.derivedLayer, SEMANTIC_LAYER), eq(derivations.derivedId, id)))
  return grounds.some((ground) => ground.layer !== SEMANTIC_LAYER || !forgotten.has(ground.id))
}
