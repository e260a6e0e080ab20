/**
 * Calls before the first that counts. Our index takes documents into memory with the third search: that
 * is no part of a median, and neither is the first answer, which the cold start measures.
 */
export const WARM_UP = 30

/** Calls that count, where there are as many memories. */
const COUNTED = 230

/** Questions of each kind, and as many memories that are inserted one by one; the warm-up included. */
export const callsFor = (memories: number): number => WARM_UP + Math.min(COUNTED, memories)

/** Questions after which memory is looked at: 200 where there are as many memories. */
export const startQuestionsFor = (memories: number): number => Math.min(200, WARM_UP + memories)

/** Memories of one call, and thereby of one transaction. */
export const BATCH_SIZE = 1000

export const MEGABYTE = 1024 ** 2
