import { fold } from '../analysis/fold.ts'
import { splitWords, stripApostrophes } from '../analysis/split-words.ts'

/** How much more a turn counts when the question names who said it. */
const SPEAKER_BOOST = 2

/** Names that are roles: "the user" in a question is seldom the speaker of that name. */
const ROLE_NAMES: ReadonlySet<string> = new Set(['user', 'assistant', 'system', 'tool', 'agent'])

const toWords = (text: string): string[] => splitWords(text).map(stripApostrophes).map(fold)

/** The speakers of whose names some word stands in the question; roles are no names. */
export const findNamedSpeakers = (question: string, speakers: readonly string[]): Set<string> => {
  const asked = new Set(toWords(question))
  const isNamed = (word: string) => asked.has(word) && !ROLE_NAMES.has(word)
  return new Set(speakers.filter((speaker) => toWords(speaker).some(isNamed)))
}

/** The factor for who said a text. */
export const speakerFactor = (speaker: string | undefined, named: ReadonlySet<string>): number =>
  speaker !== undefined && named.has(speaker) ? SPEAKER_BOOST : 1
