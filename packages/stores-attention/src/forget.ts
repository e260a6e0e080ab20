import {
  chunksOf,
  eraseDerivations,
  type ItemRef,
  keyOf,
  namesItem,
} from '@athena-memory/db-core/stores'
import type { Database } from '@athena-memory/db-core'
import { and, type Column, inArray, or, type SQL } from 'drizzle-orm'

/** The layer's name in derivations. */
const ATTENTION_LAYER = 'attention'

/** What was erased. */
export interface ForgetReceipt {
  /** False where there was nothing to forget. */
  readonly forgotten: boolean
  readonly associations: number
  readonly focuses: number
  readonly inhibitions: number
  readonly accesses: number
  /** Records of what was derived from what. */
  readonly derivations: number
  /** What was derived from what is now forgotten, and stays: its makers should make it anew. */
  readonly affected: ItemRef[]
}

/** Erases rows of this layer; see `AttentionStore.forget`. */
export const forgetRows = (db: Database, ids: readonly string[]): Promise<ForgetReceipt> =>
  eraseInChunks(db, ids, ({ tables }, chunk) => ({
    associations: inArray(tables.associations.id, chunk),
    focuses: inArray(tables.attentionFocus.id, chunk),
    inhibitions: inArray(tables.inhibitions.id, chunk),
    accesses: inArray(tables.accessLog.id, chunk),
  }))

/** Erases whatever names items of other layers; see `AttentionStore.forgetItems`. */
export const forgetItems = (db: Database, items: readonly ItemRef[]): Promise<ForgetReceipt> =>
  eraseInChunks(db, items, ({ query, tables }, chunk) => {
    const { associations, attentionFocus, inhibitions, accessLog, projects } = tables
    // The indexes begin with the project, and an item may be named in any.
    const anyProject = query.select({ id: projects.id }).from(projects)
    const naming = (table: { projectId: Column }, columns: { layer: Column; id: Column }) =>
      and(inArray(table.projectId, anyProject), namesItem(columns, chunk))
    return {
      associations: or(
        naming(associations, { layer: associations.fromLayer, id: associations.fromId }),
        naming(associations, { layer: associations.toLayer, id: associations.toId }),
      ),
      focuses: naming(attentionFocus, {
        layer: attentionFocus.targetLayer,
        id: attentionFocus.targetId,
      }),
      inhibitions: naming(inhibitions, {
        layer: inhibitions.targetLayer,
        id: inhibitions.targetId,
      }),
      accesses: naming(accessLog, { layer: accessLog.layer, id: accessLog.itemId }),
    }
  })

type Condition = SQL | undefined
type Conditions = Record<'associations' | 'focuses' | 'inhibitions' | 'accesses', Condition>

const eraseInChunks = <Given>(
  db: Database,
  given: readonly Given[],
  conditionsFor: (tx: Database, chunk: Given[]) => Conditions,
): Promise<ForgetReceipt> =>
  db.transaction(async (tx) => {
    const erased = { associations: 0, focuses: 0, inhibitions: 0, accesses: 0 }
    const ids = new Set<string>()
    for (const chunk of chunksOf(given)) {
      const deleted = await deleteRows(tx, conditionsFor(tx, chunk))
      erased.associations += deleted.associations.length
      erased.focuses += deleted.focuses.length
      erased.inhibitions += deleted.inhibitions.length
      erased.accesses += deleted.accesses.length
      for (const { id } of Object.values(deleted).flat()) ids.add(id)
    }
    return { forgotten: ids.size > 0, ...erased, ...(await forgetDerivations(tx, ids)) }
  })

const deleteRows = async (
  { query, tables }: Database,
  { associations, focuses, inhibitions, accesses }: Conditions,
) => {
  const erase = async (
    table:
      | typeof tables.associations
      | typeof tables.attentionFocus
      | typeof tables.inhibitions
      | typeof tables.accessLog,
    condition: Condition,
  ) =>
    condition === undefined ? [] : query.delete(table).where(condition).returning({ id: table.id })
  return {
    associations: await erase(tables.associations, associations),
    focuses: await erase(tables.attentionFocus, focuses),
    inhibitions: await erase(tables.inhibitions, inhibitions),
    accesses: await erase(tables.accessLog, accesses),
  }
}

const forgetDerivations = async (
  tx: Database,
  ids: ReadonlySet<string>,
): Promise<Pick<ForgetReceipt, 'derivations' | 'affected'>> => {
  const erased = await eraseDerivations(tx, { layer: ATTENTION_LAYER, ids: [...ids] })
  const affected = erased.filter(({ layer, id }) => layer !== ATTENTION_LAYER || !ids.has(id))
  return {
    derivations: erased.length,
    affected: [...new Map(affected.map((row) => [keyOf(row), row])).values()],
  }
}
