/** Longer texts are embedded in pieces of about this many UTF-16 code units, some 200 words. */
const EMBEDDED_LENGTH = 1200

/** Where a text is best cut, the best first. */
const CUTS = ['\n\n', '\n', '. ', ' ']

/**
 * The pieces of a text that get a vector each: the text itself, or consecutive parts of it that end
 * where a paragraph, line, sentence or word does. Joined they are the text.
 */
export const splitForEmbedding = (content: string): string[] => {
  const pieces: string[] = []
  let start = 0
  while (content.length - start > EMBEDDED_LENGTH * 1.5) {
    const end = start + findCut(content.slice(start, start + EMBEDDED_LENGTH))
    pieces.push(content.slice(start, end))
    start = end
  }
  pieces.push(content.slice(start))
  return pieces
}

/** The end of the last good cut in the second half; without one, not inside a surrogate pair. */
const findCut = (piece: string): number => {
  for (const cut of CUTS) {
    const at = piece.lastIndexOf(cut)
    if (at > piece.length / 2) return at + cut.length
  }
  return /[\ud800-\udbff]$/.test(piece) ? piece.length - 1 : piece.length
}
