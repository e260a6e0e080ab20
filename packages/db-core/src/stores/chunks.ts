/** Rows that one statement writes or names. */
export const CHUNK_ROWS = 500

/** Cuts a list into consecutive parts that one statement can take. */
export const chunksOf = <Item>(items: readonly Item[], size = CHUNK_ROWS): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
