import stringWidth from 'string-width'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * Text in lines of at most `width` columns, broken between words; words that are wider than a line
 * are broken anywhere. Line breaks and indentation stay.
 */
export const wrapText = (text: string, width: number): string[] =>
  text.split('\n').flatMap((line) => wrapLine(line, width))

const wrapLine = (line: string, width: number): string[] => {
  // Plain spaces only: others may be wider than a column.
  const words = line.replace(/^ +/, '')
  // Deep indentation must not leave the words without room.
  const indent = line.slice(0, Math.min(line.length - words.length, Math.floor(width / 2)))
  return wrapWords(words, width - indent.length).map((each) => indent + each)
}

const wrapWords = (line: string, width: number): string[] => {
  const lines: string[] = []
  let current = ''
  for (const piece of line.split(' ').flatMap((word) => breakWord(word, width))) {
    const longer = current === '' ? piece : `${current} ${piece}`
    if (stringWidth(longer) <= width) current = longer
    else {
      lines.push(current)
      current = piece
    }
  }
  return [...lines, current]
}

const breakWord = (word: string, width: number): string[] => {
  if (stringWidth(word) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== '' && stringWidth(piece + segment) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += segment
  }
  return [...pieces, piece]
}
