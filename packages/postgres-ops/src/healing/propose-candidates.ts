import { bareKey, type IndexCandidate } from './index-candidate.ts'
import type { KeyRole, KeyUse, QueryShape, SortUse } from './read-query.ts'
import type { QueryTable } from './read-tables.ts'

/** The most indexes that are tried for one table of a query. */
const MAX_CANDIDATES = 16

/**
 * Every index that could serve a query, the widest first. Which of them does is for the planner to
 * say: this only has to leave none out.
 */
export const proposeCandidates = (
  shape: QueryShape,
  tables: readonly QueryTable[],
): IndexCandidate[] => {
  const candidates = tables.flatMap((table) => candidatesOf(table, shape))
  return distinct(candidates, ({ schema, table, method, keys }) =>
    JSON.stringify([schema, table, method, keys]),
  )
}

const candidatesOf = (table: QueryTable, shape: QueryShape): IndexCandidate[] => {
  const keys = (role: KeyRole): string[] =>
    distinct(
      shape.uses
        .filter((use) => use.role === role && concerns(table, use))
        .map(({ key }) => asKey(key)),
      same,
    )
  const make =
    (method: IndexCandidate['method']) =>
    (list: readonly string[]): IndexCandidate => ({
      schema: table.schema,
      table: table.name,
      method,
      keys: list,
    })
  const trees = treeKeys({
    equal: keys('equal'),
    ranges: [
      ...keys('range'),
      ...keys('prefix'),
      ...keys('prefix').map((key) => `${key} text_pattern_ops`),
    ],
    sorts: shape.sorts.filter((sort) => sort.every((item) => concerns(table, item))).map(writeSort),
  })
  const bags = [
    ...keys('contain'),
    ...[...keys('match'), ...keys('prefix')].map((key) => `${key} gin_trgm_ops`),
  ]
  return [...bags.map((key) => make('gin')([key])), ...trees.map(make('btree'))].slice(
    0,
    MAX_CANDIDATES,
  )
}

interface TreeParts {
  readonly equal: readonly string[]
  readonly ranges: readonly string[]
  readonly sorts: readonly (readonly string[])[]
}

/** What is compared for equality stands first, then one range or the order. */
const treeKeys = ({ equal, ranges, sorts }: TreeParts): string[][] => {
  const starts = [
    ...(equal.length > 1 ? [equal.slice(0, 4)] : []),
    ...equal.map((key) => [key]),
    [],
  ]
  const ends = [...sorts, ...ranges.map((key) => [key]), []]
  const all = starts.flatMap((start) =>
    ends.map((end) => [...start, ...end.filter((key) => !start.includes(bareKey(key)))]),
  )
  return distinct(
    all.filter((keys) => keys.length > 0),
    (keys) => JSON.stringify(keys),
  )
}

const writeSort = (sort: readonly SortUse[]): string[] =>
  sort.map(({ key, direction }) => `${asKey(key)}${direction}`)

// Anything but a name needs brackets of its own.
const asKey = (key: string): string => (/^"(?:[^"]|"")*"$/.test(key) ? key : `(${key})`)

const concerns = (
  table: QueryTable,
  { alias, columns }: Pick<KeyUse, 'alias' | 'columns'>,
): boolean =>
  (alias === undefined || alias === table.alias) &&
  columns.every((column) => table.columns.includes(column))

const same = (text: string): string => text

const distinct = <Item>(items: readonly Item[], toKey: (item: Item) => string): Item[] => [
  ...new Map(items.map((item) => [toKey(item), item])).values(),
]
