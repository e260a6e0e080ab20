import type { Candidate } from './candidate.ts'

/** How much a text counts that only asks: it repeats the words, and the turn after it has the answer. */
const ASKING_PENALTY = 0.8

/** A longer text tells something before it asks. In stems. */
const SHORT_TEXT = 15

/**
 * The factor for short texts that end in a question: the answer, which borrows their words, comes first.
 * What a user asks of an assistant says what the user is about, and stays.
 */
export const askingFactor = ({ endsInQuestion, length, role }: Candidate): number =>
  endsInQuestion && length <= SHORT_TEXT && role !== 'user' ? ASKING_PENALTY : 1
