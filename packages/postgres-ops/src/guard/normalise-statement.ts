import { isComment, type Token } from './check-nesting.ts'

/** The longest normalised statement in characters. */
const MAX_NORMALISED = 4000

/**
 * A statement without what it says: literals become `?`, comments vanish, white space is one space.
 * Names stay. For logs, which must not hold stored content.
 */
export const normaliseStatement = (tokens: readonly Token[]): string =>
  tokens
    .filter((token) => !isComment(token))
    .map(({ text }) => (isLiteral(text) ? '?' : text))
    .join(' ')
    .slice(0, MAX_NORMALISED)

// By how it looks: a kind of literal that the lexer does not name must not get through.
const isLiteral = (text: string): boolean =>
  /^(\.?[0-9]|\$[^0-9])/.test(text) || (text.includes("'") && !/^(u&)?"/i.test(text))
