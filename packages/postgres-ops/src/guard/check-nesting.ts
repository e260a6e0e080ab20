import type { Refusal } from './refusal.ts'

/** A token as the server's lexer finds it. */
export interface Token {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Whether a token is a comment: to PostgreSQL, a space. */
export const isComment = ({ text }: Token): boolean => /^(--|\/\*)/.test(text)

/** The most tokens of a statement. */
const MAX_TOKENS = 16_384
/** The most brackets open at once; a CASE counts as one. */
const MAX_BRACKETS = 120
/** The most tokens between the beginning of the brackets that are open and one place, lists aside. */
const MAX_CHAIN = 900
/** The most joins and set operations: each nests the tree by one. */
const MAX_COMBINATIONS = 200

const CLOSER_OF: Readonly<Record<string, string>> = { '(': ')', '[': ']', case: 'end' }
const CLOSERS = new Set(Object.values(CLOSER_OF))
// Parts of these lists stand beside each other in the tree, not within.
const SEPARATES = new Set([',', 'and', 'or'])
const COMBINES = new Set(['join', 'union', 'intersect', 'except'])

interface Bracket {
  readonly closer: string
  /** How many words and signs stand in a row inside it. */
  chain: number
}

/**
 * Bounds how deep the tree of a statement can be, from its tokens: the parser is recursive, and would
 * fail in the middle of deeper ones.
 */
export const checkNesting = (tokens: readonly Token[]): Refusal => {
  if (tokens.length > MAX_TOKENS) return `the statement has more than ${MAX_TOKENS} words and signs`
  const open: Bracket[] = [{ closer: '', chain: 0 }]
  let combinations = 0
  let before = ''
  for (const { text } of tokens.filter((token) => !isComment(token))) {
    const word = text.toLowerCase()
    // After these, any word is a name.
    readWord(open, before === '.' || before === 'as' ? '' : word)
    if (COMBINES.has(word)) combinations += 1
    before = word
    if (combinations > MAX_COMBINATIONS || isTooDeep(open))
      return 'the statement is nested too deeply'
  }
  return undefined
}

const readWord = (open: Bracket[], word: string): void => {
  const here = open.at(-1)
  const closer = CLOSER_OF[word]
  if (!here) return
  if (closer !== undefined) open.push({ closer, chain: 0 })
  else if (CLOSERS.has(word)) close(open, word)
  else here.chain = SEPARATES.has(word) ? 0 : here.chain + 1
}

/** Closes the innermost bracket of that kind and what was left open in it; an END closes a CASE only. */
const close = (open: Bracket[], word: string): void => {
  const index = open.findLastIndex(({ closer }) => closer === word)
  if (index > 0 && (word !== 'end' || index === open.length - 1)) open.length = index
}

const isTooDeep = (open: readonly Bracket[]): boolean =>
  open.length > MAX_BRACKETS || open.reduce((sum, { chain }) => sum + chain, 0) > MAX_CHAIN
