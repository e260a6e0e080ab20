import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toUnit } from '../world/to-unit.ts'

const FILE = 'embeddings.f32'

const BYTES = Float32Array.BYTES_PER_ELEMENT

/** How many lines the files have that vectors are given for. */
export interface Lines {
  readonly memories: number
  readonly questions: number
}

/** Vectors of length 1, or of nothing but zeros, in the order of the lines. */
export interface GivenVectors {
  readonly dimensions: number
  readonly memories: readonly Float32Array[]
  readonly questions: readonly Float32Array[]
}

/**
 * Reads the vectors that stand beside the data in `embeddings.f32`: little-endian 32-bit floats, a row
 * for each line of `memories.jsonl`, then one for each of `questions.jsonl`, all of the same length.
 *
 * @throws Error that names the file, and the row that is not finite
 */
export const readEmbeddings = async (
  folder: string,
  { memories, questions }: Lines,
): Promise<GivenVectors> => {
  const bytes = await readFile(join(folder, FILE))
  const rows = memories + questions
  const dimensions = bytes.length / BYTES / rows
  if (!Number.isInteger(dimensions) || dimensions === 0) {
    throw new Error(
      `${FILE}: must have ${BYTES} bytes x dimensions x ${rows} rows (${memories} lines of ` +
        `memories.jsonl, ${questions} of questions.jsonl), and has ${bytes.length} bytes`,
    )
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const vectors = Array.from({ length: rows }, (_, row) => readRow(view, row, dimensions))
  return { dimensions, memories: vectors.slice(0, memories), questions: vectors.slice(memories) }
}

const readRow = (view: DataView, row: number, dimensions: number): Float32Array => {
  const start = row * dimensions
  const vector = Float32Array.from({ length: dimensions }, (_, at) =>
    view.getFloat32((start + at) * BYTES, true),
  )
  if (!vector.every(Number.isFinite)) throw new Error(`${FILE}: row ${row + 1} is not finite`)
  return toUnit(vector)
}
