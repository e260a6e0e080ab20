/** Rows that one statement writes. */
export const CHUNK_ROWS = 500

/** Cuts a list into consecutive parts of at most `size`. */
export const chunks = <Item>(items: readonly Item[], size = CHUNK_ROWS): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
