/** The places of the `limit` least distances, least first, equals in order; by counting. */
export const leastFirst = (distances: Uint16Array, greatest: number, limit: number): number[] => {
  const { starts, bound, taken } = startsOf(countEach(distances, greatest), limit)
  const places: number[] = Array.from({ length: taken }, () => 0)
  for (let place = 0; place < distances.length; place++) {
    const distance = distances[place] ?? 0
    if (distance >= bound) continue
    places[starts[distance] ?? 0] = place
    increment(starts, distance)
  }
  return places.slice(0, limit)
}

/** How many there are of each distance. */
const countEach = (distances: Uint16Array, greatest: number): Uint32Array => {
  const counts = new Uint32Array(greatest + 1)
  for (let place = 0; place < distances.length; place++) increment(counts, distances[place] ?? 0)
  return counts
}

/** Where those of each distance begin among the least; all distances below `bound` are taken. */
const startsOf = (counts: Uint32Array, limit: number) => {
  const starts = new Uint32Array(counts.length)
  let [bound, taken] = [0, 0]
  for (; bound < counts.length && taken < limit; bound++) {
    starts[bound] = taken
    taken += counts[bound] ?? 0
  }
  return { starts, bound, taken }
}

const increment = (numbers: Uint32Array, at: number): void => {
  numbers[at] = (numbers[at] ?? 0) + 1
}
