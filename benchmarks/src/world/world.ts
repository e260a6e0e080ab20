import { createClusteredVectors } from './clustered-vectors.ts'
import { createSentences } from './sentences.ts'

/** Turns of one conversation, which all belong to one project. */
const TURNS = 20

/** Of this many conversations so many belong to the large project: 60 %. */
const [CONVERSATIONS, LARGE_OF_THEM] = [5, 3]

const SPEAKERS = ['Ada', 'Grace', 'Edsger', 'Barbara', 'Donald']
const START = Date.UTC(2025, 0, 1)
const TURN_MS = 60_000

/** A made-up memory. */
export interface WorldMemory {
  readonly isInLargeProject: boolean
  readonly content: string
  readonly vector: Float32Array
  /** Who said it, in which conversation, where in it, and when. */
  readonly context: {
    readonly speaker: string
    readonly groupId: string
    readonly position: number
    readonly occurredAt: Date
  }
}

/** A made-up question about some memory of the large project. */
export interface WorldQuestion {
  readonly text: string
  /** The same question without a word: its vector alone can answer it. */
  readonly wordless: string
  readonly vector: Float32Array
}

/** Memories and questions about them, the same ones in every run and process. */
export interface World {
  memory(number: number): WorldMemory
  /** Questions about memories spread evenly over the first `memories`. */
  questions(count: number, memories: number): WorldQuestion[]
}

/** A world whose vectors have that many dimensions. */
export const createWorld = (dimensions: number, seed = 1): World => {
  const sentences = createSentences(seed)
  const vectors = createClusteredVectors(dimensions, seed)
  return {
    memory: (number) => ({
      isInLargeProject: isInLargeProject(number),
      content: sentences.text(number),
      vector: vectors.text(number),
      context: contextOf(number),
    }),
    questions: (count, memories) =>
      Array.from({ length: count }, (_, index) => {
        const about = toLargeProject(Math.floor(((index + 0.5) * memories) / count))
        return {
          text: sentences.question(about, index),
          wordless: toPunctuation(index),
          vector: vectors.question(about, index),
        }
      }),
  }
}

const contextOf = (number: number): WorldMemory['context'] => ({
  speaker: SPEAKERS[number % SPEAKERS.length] ?? '',
  groupId: `conversation ${Math.floor(number / TURNS)}`,
  position: number % TURNS,
  occurredAt: new Date(START + number * TURN_MS),
})

const placeOf = (number: number): number => Math.floor(number / TURNS) % CONVERSATIONS

const isInLargeProject = (number: number): boolean => placeOf(number) < LARGE_OF_THEM

/** A memory of the large project not far before a number. */
const toLargeProject = (number: number): number =>
  number - Math.max(placeOf(number) - LARGE_OF_THEM + 1, 0) * TURNS

const toPunctuation = (number: number): string =>
  `?${number.toString(2).replaceAll('0', '.').replaceAll('1', '!')}`
