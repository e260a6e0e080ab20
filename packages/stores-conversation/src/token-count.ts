/** How tokens are guessed where nobody counted them. */
export interface TokenEstimate {
  /** Letters of alphabets that one token holds, on average over English text and code. */
  readonly charactersPerToken: number
  /** Tokens of a character of a script that writes without spaces, such as Han or kana. */
  readonly tokensPerSpaceless: number
}

const TOKEN_ESTIMATE: TokenEstimate = { charactersPerToken: 4, tokensPerSpaceless: 1 }

/** The first of these scripts is Thai; below it are all alphabets of Europe. */
const FIRST_SPACELESS = '\u0e00'
const SPACELESS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u

/**
 * About how many tokens a text is to a model: a quarter of its characters, and one for each character
 * of scripts without spaces, rounded up. 0 for the empty text only. Two texts together are never more
 * than one after the other, so parts that fit a budget fit it when joined.
 */
export const estimateTokens = (text: string, estimate: TokenEstimate = TOKEN_ESTIMATE): number => {
  let tokens = 0
  for (const character of text) tokens += weigh(character, estimate)
  return Math.ceil(tokens)
}

/** The longest beginning of a text that is within a budget, cut between characters. */
export const cutToTokens = (
  text: string,
  maxTokens: number,
  estimate: TokenEstimate = TOKEN_ESTIMATE,
): string => {
  let [tokens, end] = [0, 0]
  for (const character of text) {
    tokens += weigh(character, estimate)
    if (tokens > maxTokens) return text.slice(0, end)
    end += character.length
  }
  return text
}

const weigh = (character: string, estimate: TokenEstimate): number =>
  character >= FIRST_SPACELESS && SPACELESS.test(character)
    ? estimate.tokensPerSpaceless
    : 1 / estimate.charactersPerToken
