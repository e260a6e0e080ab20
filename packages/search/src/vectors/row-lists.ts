/** Row numbers that belong to others: of one owner there is mostly one. */
export interface RowLists {
  add(owner: number, row: number): void
  remove(owner: number, row: number): void
  of(owner: number): readonly number[]
}

/** Empty lists. */
export const createRowLists = (): RowLists => {
  /** A single row stands by itself: a list of one takes three times the memory. */
  const lists = new Map<number, number | readonly number[]>()
  const of = (owner: number): readonly number[] => {
    const rows = lists.get(owner) ?? []
    return typeof rows === 'number' ? [rows] : rows
  }
  const keep = (owner: number, rows: readonly number[]) => {
    const [first] = rows
    if (first === undefined) lists.delete(owner)
    else lists.set(owner, rows.length === 1 ? first : rows)
  }
  return {
    add: (owner, row) => keep(owner, [...of(owner), row]),
    remove: (owner, row) =>
      keep(
        owner,
        of(owner).filter((other) => other !== row),
      ),
    of,
  }
}
