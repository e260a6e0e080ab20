/** A clock that stands still until a test moves it. */
export interface TestClock {
  now(): Date
  /** Moves the clock forward. */
  advance(ms: number): void
}

/** A clock that starts at the given instant. */
export const createTestClock = (startsAt = new Date('2026-01-01T00:00:00Z')): TestClock => {
  let time = startsAt.getTime()
  return {
    now: () => new Date(time),
    advance: (ms) => {
      time += ms
    },
  }
}
