import { WARM_UP } from './workload.ts'

/** How long each of some calls takes, one after the other, in ms; the first ones are not counted. */
export const timeCalls = async <Item>(
  items: readonly Item[],
  call: (item: Item) => Promise<unknown>,
): Promise<number[]> => {
  const times: number[] = []
  for (const item of items) {
    const startedAt = performance.now()
    await call(item)
    times.push(performance.now() - startedAt)
  }
  return times.slice(Math.min(WARM_UP, items.length - 1))
}
