import type { Database } from '@athena-memory/db-core'
import { type Column, inArray, type SQL, sql } from 'drizzle-orm'
import { type Association, toAssociation } from './association.ts'
import { checkShares } from '@athena-memory/db-core/stores'

/** How much stronger or weaker an association gets unless said otherwise. */
export const STRENGTHEN_BY = 0.1
export const WEAKEN_BY = 0.05

/** Which associations to change, and by how much, from 0 to 1. */
export interface StrengthChange {
  readonly ids: readonly string[]
  readonly by?: number | undefined
}

/** Adds to strengths, or takes away, in one statement; in the order of the ids. */
export const changeStrengths = async (
  { query, tables: { associations } }: Database,
  { ids, by, at }: { ids: readonly string[]; by: number; at: Date },
): Promise<Association[]> => {
  checkShares({ by: Math.abs(by) })
  const rows = await query
    .update(associations)
    .set({ strength: shifted(associations.strength, by), updatedAt: at })
    .where(inArray(associations.id, [...ids]))
    .returning()
  const byId = new Map(rows.map((row) => [row.id, toAssociation(row)]))
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? [])
}

/** A column from 0 to 1 plus a number, which stays from 0 to 1. */
export const shifted = (column: Column, by: number): SQL => {
  const sum = sql`${column} + cast(${by} as double precision)`
  return sql`case when ${sum} > 1 then 1 when ${sum} < 0 then 0 else ${sum} end`
}
