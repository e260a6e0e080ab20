import { type Database, newId, StorageError } from '@athena-memory/db-core'
import type { SecretPolicy } from '@athena-memory/db-core/secrets'
import type { DocumentIndex } from '@athena-memory/search'
import { createGoalMethods, type GoalMethods } from './goals/goal-methods.ts'
import { CONTENT_TYPES, HALF_LIFE_HOURS, type HalfLives } from './items/activation.ts'
import { type Capacities, withCapacities } from './items/capacity.ts'
import { createItemMethods, type ItemMethods } from './items/item-methods.ts'
import { FOREST, type ForestOptions } from './router/forest.ts'
import { createRouterMethods, type RouterMethods } from './router/router-methods.ts'
import { createModelReader } from './router/router-model.ts'
import type { WorkingSinks } from './sink.ts'
import type { StoreContext } from './store-context.ts'
import { createTurns } from './turns.ts'

/** What the store needs besides a database. */
export interface WorkingStoreOptions {
  /** The index of the same database, or of the same transaction. */
  readonly documents: DocumentIndex
  /** What happens to keys, tokens and passwords; default `redact`. */
  readonly secretPolicy?: SecretPolicy | undefined
  /** The layers that take in what leaves; without any, what does not fit is refused. */
  readonly sinks?: WorkingSinks | undefined
  /** Limits that differ from `CAPACITIES`. */
  readonly capacities?: Partial<Capacities> | undefined
  /** Half-lives that differ from `HALF_LIFE_HOURS`. */
  readonly halfLives?: Partial<HalfLives> | undefined
  /** Routes with a known layer before there is a model; default 20. */
  readonly minSamples?: number | undefined
  /** The newest of them that a model is made from; default 200. */
  readonly maxSamples?: number | undefined
  /** How models are made, where it differs from `FOREST`. */
  readonly forest?: Partial<ForestOptions> | undefined
  readonly now?: (() => Date) | undefined
  readonly newId?: (() => string) | undefined
}

/** Working memory: what is in mind, what for, and where it goes from there. */
export interface WorkingStore extends ItemMethods, GoalMethods, RouterMethods {}

const MIN_SAMPLES = 20
const MAX_SAMPLES = 200

/**
 * The store of working memory over a database or a transaction.
 *
 * @throws StorageError `invalid` for limits or half-lives that make no sense
 */
export const createWorkingStore = (db: Database, options: WorkingStoreOptions): WorkingStore => {
  const { documents, sinks = {}, minSamples = MIN_SAMPLES, maxSamples = MAX_SAMPLES } = options
  const store: StoreContext = {
    db,
    documents,
    secretPolicy: options.secretPolicy ?? 'redact',
    sinks,
    capacities: withCapacities(options.capacities),
    halfLives: withHalfLives(options.halfLives),
    training: { minSamples, maxSamples, forest: { ...FOREST, ...options.forest } },
    readModel: createModelReader(),
    takeTurn: createTurns(),
    now: options.now ?? (() => new Date()),
    newId: options.newId ?? newId,
  }
  return {
    ...createItemMethods(store),
    ...createGoalMethods(store),
    ...createRouterMethods(store),
  }
}

const withHalfLives = (changed: Partial<HalfLives> = {}): HalfLives => {
  const halfLives = { ...HALF_LIFE_HOURS, ...changed }
  const wrong = CONTENT_TYPES.find((type) => !(halfLives[type] > 0))
  if (wrong === undefined) return halfLives
  const detail = `halfLives.${wrong} must be a number of hours above 0`
  throw new StorageError('invalid', { detail })
}
