/** A question as the text scores see it. */
export interface TextQuery {
  /** Distinct stems, in the order of the question. */
  readonly stems: readonly string[]
  /** Stems that follow one another in the question, as places in `stems`. */
  readonly pairs: readonly (readonly [first: number, second: number])[]
}

/** Makes a text query of a question's stems, in order and with repetitions. */
export const toTextQuery = (sequence: readonly string[]): TextQuery => {
  const places = new Map<string, number>()
  const pairs = new Map<string, readonly [number, number]>()
  let previous: number | undefined
  for (const stem of sequence) {
    const place = places.get(stem) ?? places.size
    places.set(stem, place)
    if (previous !== undefined) pairs.set(`${previous} ${place}`, [previous, place])
    previous = place
  }
  return { stems: [...places.keys()], pairs: [...pairs.values()] }
}
