/**
 * Stored text that is safe to show: without control characters, which could move the cursor or
 * change colours, and without marks that reverse the order of what is read. Lines stay.
 */
export const printable = (text: string): string =>
  text.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, ' ')

/** The same in one line. */
export const printableLine = (text: string): string =>
  printable(text).replaceAll(/\s+/g, ' ').trim()
