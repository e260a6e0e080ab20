import type { DocumentIndex, PreparedDocument } from '@athena-memory/search'

/** An index that has analysed and embedded some texts already: for them it asks no model again. */
export const withPrepared = (
  documents: DocumentIndex,
  prepared: readonly PreparedDocument[],
): DocumentIndex => {
  const known = new Map(prepared.map((document) => [document.input.content, document]))
  return {
    ...documents,
    async prepare(inputs) {
      const unknown = inputs.filter(({ content }) => !known.has(content))
      const others = await documents.prepare(unknown)
      const byInput = new Map(unknown.map((input, at) => [input, others[at]]))
      return inputs.flatMap((input) => {
        const document = known.get(input.content) ?? byInput.get(input)
        return document === undefined ? [] : [{ ...document, input }]
      })
    },
  }
}
