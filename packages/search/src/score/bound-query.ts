import type { TextQuery } from './text-query.ts'

/** Of a longer question only this many stems are sought, the rarest that any document holds. */
export const MAX_QUERY_STEMS = 48

/** Of its pairs only the first ones. */
export const MAX_QUERY_PAIRS = 96

/** A query of bearable length: `frequencies` says how many documents hold a stem. */
export const boundQuery = (
  query: TextQuery,
  frequencies: ReadonlyMap<string, number>,
): TextQuery => {
  if (query.stems.length <= MAX_QUERY_STEMS) return boundPairs(query)
  const held = query.stems.filter((stem) => (frequencies.get(stem) ?? 0) > 0)
  const rarest = held.toSorted((a, b) => (frequencies.get(a) ?? 0) - (frequencies.get(b) ?? 0))
  return boundPairs(keepStems(query, rarest.slice(0, MAX_QUERY_STEMS)))
}

const keepStems = (query: TextQuery, stems: readonly string[]): TextQuery => {
  const places = new Map(stems.map((stem, place) => [stem, place]))
  const placeOf = (old: number) => places.get(query.stems[old] ?? '')
  const pairs = query.pairs.flatMap(([first, second]) => {
    const [a, b] = [placeOf(first), placeOf(second)]
    return a === undefined || b === undefined ? [] : [[a, b] as const]
  })
  return { stems, pairs }
}

const boundPairs = ({ stems, pairs }: TextQuery): TextQuery => ({
  stems,
  pairs: pairs.slice(0, MAX_QUERY_PAIRS),
})
