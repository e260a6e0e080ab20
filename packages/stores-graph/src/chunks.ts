import { chunksOf } from '@athena-memory/db-core/stores'

/** Ids that one statement looks up, in two columns at most: databases take some 30,000 parameters. */
export const CHUNK_IDS = 5000

/** What lookups of these ids find, each statement with as many as it can take. */
export const lookUp = async <Row>(
  ids: Iterable<string>,
  find: (chunk: string[]) => PromiseLike<Row[]>,
): Promise<Row[]> => {
  const found: Row[] = []
  for (const chunk of chunksOf([...new Set(ids)], CHUNK_IDS)) found.push(...(await find(chunk)))
  return found
}
