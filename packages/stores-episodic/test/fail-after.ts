import type { DocumentIndex } from '@athena-memory/search'

/** An index that fails after some batches, as if the process were killed there. */
export const failAfter = (documents: DocumentIndex, batches: number): DocumentIndex => {
  let left = batches
  return {
    ...documents,
    put: async (tx, prepared) => {
      if (prepared.length > 0) left -= 1
      if (left < 0) throw new Error('killed')
      await documents.put(tx, prepared)
    },
  }
}
