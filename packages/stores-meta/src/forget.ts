import {
  chunksOf,
  eraseDerivations,
  type ItemRef,
  keyOf,
  namesItem,
} from '@athena-memory/db-core/stores'
import type { Database } from '@athena-memory/db-core'
import { and, asc, gt, inArray, or, type SQL } from 'drizzle-orm'
import { refreshed } from './refresh.ts'
import type { StoreContext } from './store-context.ts'

/** The layer's name in derivations. */
const META_LAYER = 'meta'

/** What was erased. */
export interface ForgetReceipt {
  /** False where there was nothing to forget. */
  readonly forgotten: boolean
  readonly qualities: number
  readonly domains: number
  readonly gaps: number
  readonly transfers: number
  readonly calibrations: number
  /** Records of what was derived from what. */
  readonly derivations: number
  /** What was derived from what is now forgotten, and stays: its makers should make it anew. */
  readonly affected: ItemRef[]
}

type Condition = SQL | undefined
type Counted = 'qualities' | 'domains' | 'gaps' | 'transfers' | 'calibrations'
/** Which rows go; none of a table that is left out. */
type Conditions = Partial<Record<Counted, Condition>>

/** Erases rows of this layer; see `MetaStore.forget`. */
export const forgetRows = (db: Database, ids: readonly string[]): Promise<ForgetReceipt> =>
  db.transaction((tx) =>
    eraseInChunks(tx, ids, async ({ tables }, chunk) => ({
      qualities: inArray(tables.memoryQuality.id, chunk),
      domains: inArray(tables.domainCoverage.id, chunk),
      gaps: inArray(tables.knowledgeGaps.id, chunk),
      transfers: inArray(tables.transfers.id, chunk),
      calibrations: inArray(tables.calibration.id, chunk),
    })),
  )

/** Erases whatever names items of other layers; see `MetaStore.forgetItems`. */
export const forgetItems = (
  store: StoreContext,
  { projectId, items }: { projectId: string; items: readonly ItemRef[] },
): Promise<ForgetReceipt> =>
  store.db.transaction(async (tx) => {
    const receipt = await eraseInChunks(tx, items, conditionsFor)
    // What follows from the items alone, such as the name of a domain, goes with them.
    return refreshed({ ...store, db: tx }, projectId, async () => receipt)
  })

const conditionsFor = async (tx: Database, items: readonly ItemRef[]): Promise<Conditions> => {
  const { memoryQuality, knowledgeGaps, transfers, calibration, projects } = tx.tables
  // The indexes begin with the project, and an item may be named in any.
  const anyProject = tx.query.select({ id: projects.id }).from(projects)
  return {
    qualities: and(
      inArray(memoryQuality.projectId, anyProject),
      namesItem({ layer: memoryQuality.layer, id: memoryQuality.itemId }, items),
    ),
    gaps: inArray(knowledgeGaps.id, await gapsWithEvidence(tx, items)),
    transfers: or(
      namesItem({ layer: transfers.layer, id: transfers.fromId }, items),
      namesItem({ layer: transfers.layer, id: transfers.toId }, items),
    ),
    calibrations: and(
      inArray(calibration.projectId, anyProject),
      namesItem({ layer: calibration.layer, id: calibration.itemId }, items),
    ),
  }
}

/** Gaps that are read at once. */
const GAP_STEP = 1000

/** Gaps of which one of the items is evidence: their names may be words of it. */
const gapsWithEvidence = async (
  { query, tables: { knowledgeGaps: gaps } }: Database,
  items: readonly ItemRef[],
): Promise<string[]> => {
  const wanted = new Set(items.map(keyOf))
  const found: string[] = []
  let last: string | undefined = ''
  while (last !== undefined) {
    const after: string = last
    const rows = await query
      .select({ id: gaps.id, evidence: gaps.evidence })
      .from(gaps)
      .where(gt(gaps.id, after))
      .orderBy(asc(gaps.id))
      .limit(GAP_STEP)
    const named = rows.filter(({ evidence }) => evidence.some((each) => wanted.has(keyOf(each))))
    found.push(...named.map(({ id }) => id))
    last = rows.length === GAP_STEP ? rows.at(-1)?.id : undefined
  }
  return found
}

const eraseInChunks = async <Given>(
  tx: Database,
  given: readonly Given[],
  conditions: (tx: Database, chunk: Given[]) => Promise<Conditions>,
): Promise<ForgetReceipt> => {
  const erased = { qualities: 0, domains: 0, gaps: 0, transfers: 0, calibrations: 0 }
  const ids = new Set<string>()
  for (const chunk of chunksOf(given)) {
    const deleted = await deleteRows(tx, await conditions(tx, chunk))
    erased.qualities += deleted.qualities.length
    erased.domains += deleted.domains.length
    erased.gaps += deleted.gaps.length
    erased.transfers += deleted.transfers.length
    erased.calibrations += deleted.calibrations.length
    for (const { id } of Object.values(deleted).flat()) ids.add(id)
  }
  return { forgotten: ids.size > 0, ...erased, ...(await forgetDerivations(tx, ids)) }
}

const deleteRows = async ({ query, tables }: Database, conditions: Conditions) => {
  const { memoryQuality, domainCoverage, knowledgeGaps, transfers, calibration } = tables
  const erase = async (
    table:
      | typeof memoryQuality
      | typeof domainCoverage
      | typeof knowledgeGaps
      | typeof transfers
      | typeof calibration,
    condition: Condition,
  ) =>
    condition === undefined ? [] : query.delete(table).where(condition).returning({ id: table.id })
  return {
    qualities: await erase(memoryQuality, conditions.qualities),
    domains: await erase(domainCoverage, conditions.domains),
    gaps: await erase(knowledgeGaps, conditions.gaps),
    transfers: await erase(transfers, conditions.transfers),
    calibrations: await erase(calibration, conditions.calibrations),
  }
}

const forgetDerivations = async (
  tx: Database,
  ids: ReadonlySet<string>,
): Promise<Pick<ForgetReceipt, 'derivations' | 'affected'>> => {
  const erased = await eraseDerivations(tx, { layer: META_LAYER, ids: [...ids] })
  const affected = erased.filter(({ layer, id }) => layer !== META_LAYER || !ids.has(id))
  return {
    derivations: erased.length,
    affected: [...new Map(affected.map((row) => [keyOf(row), row])).values()],
  }
}
