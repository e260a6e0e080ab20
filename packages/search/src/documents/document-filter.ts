import { byDialect, type Database } from '@athena-memory/db-core'
import { and, eq, gt, gte, inArray, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Selection } from './candidate-source.ts'
import type { SearchOptions } from './search-options.ts'

/** The documents that a search is about. */
export const selectDocuments = (db: Database, options: SearchOptions, now: Date): Selection => ({
  filter: toCondition(db, options, now),
  includes: toPredicate(options, now),
})

const toCondition = (db: Database, options: SearchOptions, now: Date): SQL | undefined => {
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

/** The same of a document in memory. Thousands are asked in a search: what is not asked for costs nothing. */
const toPredicate = (options: SearchOptions, now: Date): Selection['includes'] => {
  const asOf = (options.asOf ?? now).getTime()
  const { projectId } = options
  const isAsked = toRarerPredicate(options)
  return (document) =>
    (projectId === undefined || document.projectId === projectId) &&
    (document.validFrom === undefined || document.validFrom <= asOf) &&
    (document.validUntil === undefined || document.validUntil > asOf) &&
    (isAsked === undefined || isAsked(document))
}

type Test = Selection['includes']

const toRarerPredicate = (options: SearchOptions): Test | undefined => {
  const { layers, kinds, consolidationStates, tags = [], from, to } = options
  const tests: (Test | undefined)[] = [
    layers && (({ layer }) => layers.includes(layer)),
    kinds && (({ kind }) => kinds.includes(kind)),
    consolidationStates &&
      ((document) => isOneOf(document.consolidationState, consolidationStates)),
    tags.length > 0 ? (document) => tags.every((tag) => document.tags.includes(tag)) : undefined,
    from && (({ occurredAt = -Infinity }) => occurredAt >= from.getTime()),
    to && (({ occurredAt = Infinity }) => occurredAt < to.getTime()),
  ]
  const asked = tests.filter((test) => test !== undefined)
  return asked.length === 0 ? undefined : (document) => asked.every((test) => test(document))
}

const isOneOf = (state: string | undefined, states: readonly string[]): boolean =>
  state !== undefined && states.includes(state)
