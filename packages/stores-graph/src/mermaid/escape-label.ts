/** What stands for itself in a label: letters, numbers, spaces and signs without a meaning to Mermaid. */
const SPECIAL = /[^\p{L}\p{M}\p{N} .,:_/-]/gu

/**
 * A text as a quoted label of Mermaid. Whatever could end the label, open markup, a comment or a directive
 * is written by its number (`#35;`); white space is one space.
 */
export const escapeLabel = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replaceAll(SPECIAL, (character) => `#${character.codePointAt(0)};`)
