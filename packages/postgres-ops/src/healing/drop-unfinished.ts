import { quoteName, type Catalogue } from '../health/catalogue.ts'

/** The place of an index. */
export interface IndexPlace {
  readonly schema: string
  readonly name: string
}

/**
 * Removes an index that was not built to its end: it would cost writers something and help nobody. One
 * of that name that works is somebody else's and stays.
 */
export const dropUnfinished = async (catalogue: Catalogue, place: IndexPlace): Promise<void> => {
  const [found] = await catalogue.query(
    "select '1' from pg_catalog.pg_index where indexrelid = to_regclass($1) and not indisvalid",
    [quoteName(place.schema, place.name)],
  )
  if (found !== undefined) await dropIndex(catalogue, place)
}

/** Removes an index without holding anybody up. */
export const dropIndex = async (
  catalogue: Catalogue,
  { schema, name }: IndexPlace,
): Promise<void> => {
  await catalogue.query(`drop index concurrently if exists ${quoteName(schema, name)}`)
}
