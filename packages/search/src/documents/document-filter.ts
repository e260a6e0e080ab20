import { byDialect, type Database } from '@athena-memory/db-core'
import { and, eq, gt, gte, inArray, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { SearchOptions } from './search-options.ts'

/** The documents that a search is about, as a condition on `documents`. */
export const documentFilter = (
  db: Database,
  options: SearchOptions,
  now: Date,
): SQL | undefined => {
  const { documents } = db.tables
  const { projectId, layers, kinds, consolidationStates, from, to, asOf = now } = options
  return and(
    projectId === undefined ? undefined : eq(documents.projectId, projectId),
    layers && inArray(documents.layer, [...layers]),
    kinds && inArray(documents.kind, [...kinds]),
    consolidationStates && inArray(documents.consolidationState, [...consolidationStates]),
    ...(options.tags ?? []).map((tag) => hasTag(db, tag)),
    from && gte(documents.occurredAt, from),
    to && lt(documents.occurredAt, to),
    or(isNull(documents.validFrom), lte(documents.validFrom, asOf)),
    or(isNull(documents.validUntil), gt(documents.validUntil, asOf)),
  )
}

const hasTag = (db: Database, tag: string): SQL => {
  const { tags } = db.tables.documents
  return byDialect(db, {
    postgres: () => sql`${tags} @> ${JSON.stringify([tag])}::jsonb`,
    sqlite: () => sql`exists (select 1 from json_each(${tags}) where value = ${tag})`,
  })
}
