import { createHash } from 'node:crypto'

/**
 * What makes vectors comparable: two vectors may be compared when the `id` of their spaces is the same. Whatever
 * changes the numbers in a vector is a field here.
 */
export interface EmbeddingSpace {
  /** `<model>:<dimensions>:<16 hex digits>`, derived from all other fields and the same in every process. */
  readonly id: string
  readonly model: string
  /** Tells apart what one model name has stood for: new weights, another runtime, another algorithm. */
  readonly revision: string
  /** Length of every vector. */
  readonly dimensions: number
  /** Put in front of a text that is stored; may be empty. */
  readonly documentPrefix: string
  /** Put in front of a text that is searched for; may be empty. */
  readonly queryPrefix: string
  /** `l2`: every vector has length 1 (or is all zeros, for blank text). `none`: as the model gave it. */
  readonly normalisation: 'l2' | 'none'
  /** `lexical`: near means spelt alike. `semantic`: near means alike in meaning. */
  readonly kind: 'lexical' | 'semantic'
}

/** The space that these fields describe, with its `id`. Another value in any field gives another `id`. */
export const defineEmbeddingSpace = (fields: Omit<EmbeddingSpace, 'id'>): EmbeddingSpace => {
  const { model, revision, dimensions, documentPrefix, queryPrefix, normalisation, kind } = fields
  const identity = [model, revision, dimensions, documentPrefix, queryPrefix, normalisation, kind]
  const digest = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16)
  return Object.freeze({ ...fields, id: `${model}:${dimensions}:${digest}` })
}
