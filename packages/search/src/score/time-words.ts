import { analyze } from '../analysis/analyze.ts'

/** How much more a text that speaks of time counts when the question asks when. */
const WHEN_BOOST = 1.5

const WHEN =
  /\b(?:when (?:did|do|does|was|were|is|are|will|have|has|had)|(?:what|which) (?:date|day|week|month|year|time)|how long)\b|^\s*when\b/i

/** Whether a question asks for a time. */
export const asksWhen = (question: string): boolean => WHEN.test(question)

const TIME_STEMS: ReadonlySet<string> = new Set(
  analyze(
    `yesterday today tonight tomorrow ago last next recently soon morning evening weekend week month
    year day monday tuesday wednesday thursday friday saturday sunday january february march april
    june july august september october november december spring summer fall autumn winter`,
  ),
)
const YEAR = /^(?:19|20)\d\d$/
const ORDINAL = /^\d{1,2}(?:st|nd|rd|th)$/

/** Whether a stem speaks of time. */
export const speaksOfTime = (stem: string): boolean =>
  TIME_STEMS.has(stem) || YEAR.test(stem) || ORDINAL.test(stem)

/** The factor for a text that speaks of time, for questions that ask when. */
export const whenFactor = (textSpeaksOfTime: boolean): number => (textSpeaksOfTime ? WHEN_BOOST : 1)
