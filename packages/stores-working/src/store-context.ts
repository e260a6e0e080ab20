import type { Database } from '@athena-memory/db-core'
import type { SecretPolicy } from '@athena-memory/db-core/secrets'
import type { DocumentIndex } from '@athena-memory/search'
import type { HalfLives } from './items/activation.ts'
import type { Capacities } from './items/capacity.ts'
import type { ForestOptions } from './router/forest.ts'
import type { ReadModel } from './router/router-model.ts'
import type { WorkingSinks } from './sink.ts'
import type { TakeTurn } from './turns.ts'

/** What the parts of the store work with. */
export interface StoreContext {
  readonly db: Database
  readonly documents: DocumentIndex
  readonly secretPolicy: SecretPolicy
  readonly sinks: WorkingSinks
  readonly capacities: Capacities
  readonly halfLives: HalfLives
  readonly training: Training
  readonly readModel: ReadModel
  readonly takeTurn: TakeTurn
  readonly now: () => Date
  readonly newId: () => string
}

/** How the router learns. */
export interface Training {
  /** Routes with a known layer before there is a model. */
  readonly minSamples: number
  /** The newest of them that a model is made from: growing takes time with their square. */
  readonly maxSamples: number
  readonly forest: ForestOptions
}
