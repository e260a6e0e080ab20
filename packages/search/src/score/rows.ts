/**
 * What a query finds in stretches of text, a row each: the length in stems, how often each stem of the
 * query occurs, and how often each of its pairs stands side by side. One memory holds all rows.
 */
export interface Rows {
  /** Stems of the query. */
  readonly stems: number
  /** Numbers of a row. */
  readonly width: number
  /** All rows; replaced as they grow. */
  values: Float64Array
  /** Rows in use. */
  count: number
}

/** Stands for a row that there is not. */
export const NO_ROW = -1

/** Where in a row the length stands; the stems follow, and then the pairs. */
export const LENGTH = 0

/** Where in a row the first stem stands. */
export const FIRST_STEM = 1

const FIRST_CAPACITY = 256

/** No rows yet, for a query of so many stems and pairs. */
export const createRows = ({ stems, pairs }: { stems: number; pairs: number }): Rows => {
  const width = FIRST_STEM + stems + pairs
  return { stems, width, values: new Float64Array(width * FIRST_CAPACITY), count: 0 }
}

/** Adds a row of zeros; where it begins in `values`. */
export const addRow = (rows: Rows): number => {
  const start = rows.count++ * rows.width
  if (start + rows.width > rows.values.length) {
    const grown = new Float64Array(rows.values.length * 2)
    grown.set(rows.values)
    rows.values = grown
  }
  return start
}
