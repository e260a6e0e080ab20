import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

/** Random bytes of one id. */
const ID_BYTES = 16

/** Asking the system for a few bytes takes longer than all the rest of an id: so for many at once. */
const pool = Buffer.alloc(ID_BYTES * 256)
let used = pool.length

const last = { msecs: -Infinity, seq: 0 }

/** A new id: UUIDv7, so ids of one process sort by when they were made. */
export const newId = (): string => {
  const random = takeRandom()
  moveOn(random)
  return v7({ random, ...last })
}

const takeRandom = (): Buffer => {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += ID_BYTES
  return pool.subarray(used - ID_BYTES, used)
}

/** Counts on within a millisecond, and begins each one somewhere in the lower half of the numbers. */
const moveOn = (random: Buffer): void => {
  const now = Date.now()
  if (now > last.msecs) {
    last.msecs = now
    last.seq = random.readUInt32BE() >>> 1
    return
  }
  last.seq = (last.seq + 1) >>> 0
  if (last.seq === 0) last.msecs++
}
