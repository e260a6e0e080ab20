import { StorageError } from '@athena-memory/db-core'

/** The parts of working memory, after Baddeley: words, places, what binds them, and control. */
export const COMPONENTS = [
  'phonological',
  'visuospatial',
  'episodic_buffer',
  'central_executive',
] as const
export type Component = (typeof COMPONENTS)[number]

/** How many items a component holds. */
export interface Capacity {
  /** What exceeds it is moved to other layers, where that is possible. */
  readonly soft: number
  /** Never exceeded. */
  readonly hard: number
}
export type Capacities = Readonly<Record<Component, Capacity>>

/** Seven items, of which one is room for what comes next; the buffer binds four. */
export const CAPACITIES: Capacities = {
  phonological: { soft: 6, hard: 7 },
  visuospatial: { soft: 6, hard: 7 },
  episodic_buffer: { soft: 4, hard: 4 },
  central_executive: { soft: 6, hard: 7 },
}

/** Items that may be in focus at once. */
export const FOCUS_LIMIT = 5

/** What is known of an item where room is made. */
export interface Occupant {
  readonly id: string
  /** Now. */
  readonly activation: number
  readonly isFocused: boolean
}

/** Who leaves so that one more item fits. */
export interface Room {
  /** Ids, the least active first. */
  readonly leaving: string[]
  /** How many items there will be, the new one included. */
  readonly held: number
}

/**
 * Makes room for one more item: the least active leave until no more than the soft limit is held. What
 * is in focus stays. `held` may then exceed the limits, and it is for the caller to refuse that.
 */
export const makeRoom = (occupants: readonly Occupant[], { soft }: Capacity): Room => {
  const excess = Math.max(occupants.length + 1 - soft, 0)
  const leaving = occupants
    .filter(({ isFocused }) => !isFocused)
    .toSorted(leastActiveFirst)
    .slice(0, excess)
    .map(({ id }) => id)
  return { leaving, held: occupants.length + 1 - leaving.length }
}

/** An order that does not depend on the database: ids tell equally active items apart. */
export const leastActiveFirst = (
  one: Pick<Occupant, 'id' | 'activation'>,
  other: Pick<Occupant, 'id' | 'activation'>,
): number => one.activation - other.activation || (one.id < other.id ? -1 : 1)

/**
 * Limits with some of them changed.
 *
 * @throws StorageError `invalid` that names the component
 */
export const withCapacities = (changed: Partial<Capacities> = {}): Capacities => {
  const capacities = { ...CAPACITIES, ...changed }
  for (const component of COMPONENTS) {
    const { soft, hard } = capacities[component]
    const isRight =
      Number.isInteger(soft) && Number.isInteger(hard) && soft >= 1 && hard >= soft && hard <= 100
    if (isRight) continue
    const detail = `capacities.${component} must have integers 1 <= soft <= hard <= 100`
    throw new StorageError('invalid', { detail })
  }
  return capacities
}
