import { createRandom, randomBelow } from '../world/random.ts'

/** A graph of a size, by the numbers of its entities. */
export interface MadeUpGraph {
  readonly names: readonly string[]
  readonly relations: readonly MadeUpRelation[]
}

/** A tie between two entities, by their numbers. */
export interface MadeUpRelation {
  readonly from: number
  readonly to: number
  readonly relationType: string
  readonly strength: number
}

/** Entities of one group: of five relations four stay inside it, as people and parts do. */
const GROUP_SIZE = 100
const SHARE_INSIDE = 0.8

const TYPES = ['knows', 'uses', 'depends_on', 'part_of'] as const

/**
 * The same graph for the same size.
 *
 * @throws RangeError for more relations than so many entities can well have
 */
export const makeUpGraph = (entities: number, relations: number): MadeUpGraph => {
  const most = entities * Math.min(entities, GROUP_SIZE)
  if (relations > most) throw new RangeError(`--relations must be at most ${most}`)
  const random = createRandom(entities, relations)
  const relate = (): MadeUpRelation => {
    const from = randomBelow(random, entities)
    const groupStart = from - (from % GROUP_SIZE)
    const inside = groupStart + randomBelow(random, Math.min(GROUP_SIZE, entities - groupStart))
    const to = random() < SHARE_INSIDE ? inside : randomBelow(random, entities)
    const relationType = TYPES[randomBelow(random, TYPES.length)] ?? TYPES[0]
    return { from, to, relationType, strength: 0.05 + 0.95 * random() }
  }
  const made = new Map<string, MadeUpRelation>()
  // The same tie twice would be one relation.
  while (made.size < relations) {
    const relation = relate()
    made.set(`${relation.from} ${relation.to} ${relation.relationType}`, relation)
  }
  return {
    names: Array.from({ length: entities }, (_, number) => `entity ${number}`),
    relations: [...made.values()],
  }
}
