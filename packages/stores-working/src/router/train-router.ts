import { conflictTarget, type Database, StorageError } from '@athena-memory/db-core'
import { and, count, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { memberOf } from '@athena-memory/db-core/stores'
import type { StoreContext } from '../store-context.ts'
import { FEATURE_NAMES, toVector } from './features.ts'
import { crossValidate, growForest, type Sample, toStoredForest } from './forest.ts'
import { ROUTED_LAYERS, type RoutedLayer } from './layers.ts'
import { findModel, type RouterModel, toRouterModel } from './router-model.ts'

/** The name of how models are made. */
const ALGORITHM = 'random-forest'

/** Makes the next model of a project; see `RouterMethods.train`. */
export const trainRouter = async (store: StoreContext, projectId: string): Promise<RouterModel> => {
  const { minSamples, maxSamples, forest } = store.training
  const samples = await readSamples(store.db, projectId, maxSamples)
  if (samples.length < minSamples) {
    const detail = `train needs at least ${minSamples} routes with a known layer, and there are ${samples.length}; give feedback on more of them`
    throw new StorageError('conflict', { detail })
  }
  const layers = layersOf(samples)
  if (layers.length < 2) {
    const detail = 'train needs routes of at least two layers; give feedback on others too'
    throw new StorageError('conflict', { detail })
  }
  const accuracy = await crossValidate(samples, layers, forest)
  const model = toStoredForest(await growForest(samples, layers, forest))
  return saveModel(store, projectId, { model, layers, accuracy, sampleCount: samples.length })
}

const layersOf = (samples: readonly Sample[]): RoutedLayer[] =>
  ROUTED_LAYERS.filter((layer) => samples.some((sample) => sample.layer === layer))

/** A route whose layer somebody has confirmed or corrected, as a condition. */
const isLabelled = ({ tables: { routes } }: Database) => isNotNull(routes.correctLayer)

const readSamples = async (db: Database, projectId: string, limit: number): Promise<Sample[]> => {
  const { routes } = db.tables
  const rows = await db.query
    .select({ features: routes.features, correctLayer: routes.correctLayer })
    .from(routes)
    .where(and(eq(routes.projectId, projectId), isLabelled(db)))
    .orderBy(desc(routes.routedAt), desc(routes.id))
    .limit(limit)
  return rows.flatMap(({ features, correctLayer }) =>
    correctLayer === null
      ? []
      : [
          {
            vector: toVector(features),
            layer: memberOf(ROUTED_LAYERS, correctLayer, 'routes.correct_layer'),
          },
        ],
  )
}

type NewModel = Pick<RouterModel, 'sampleCount' | 'accuracy'> & {
  readonly model: Record<string, unknown>
  readonly layers: readonly RoutedLayer[]
}

const saveModel = (
  { db, now, newId }: StoreContext,
  projectId: string,
  { model, layers, accuracy, sampleCount }: NewModel,
): Promise<RouterModel> =>
  db.transaction(async (tx) => {
    const { routerModels } = tx.tables
    const at = now()
    const made = {
      algorithm: ALGORITHM,
      model,
      featureNames: [...FEATURE_NAMES],
      layers: [...layers],
      sampleCount,
      accuracy,
      trainedAt: at,
      updatedAt: at,
    }
    const [row] = await tx.query
      .insert(routerModels)
      .values({ ...made, id: newId(), projectId, version: 1, createdAt: at })
      .onConflictDoUpdate({
        target: conflictTarget(routerModels, [routerModels.projectId]),
        set: { ...made, version: sql`${routerModels.version} + 1` },
      })
      .returning()
    if (!row) throw new StorageError('busy')
    return toRouterModel(row)
  })

/** Makes the first model as soon as there is enough to make one of; absent where it is not the time. */
export const trainFirst = async (
  store: StoreContext,
  projectId: string,
): Promise<RouterModel | undefined> => {
  const { db, training } = store
  // Growing takes seconds, for which no transaction should stay open.
  if (db.inTransaction || (await findModel(db, projectId))) return undefined
  const { routes } = db.tables
  const labelled = await db.query
    .select({ layer: routes.correctLayer, samples: count() })
    .from(routes)
    .where(and(eq(routes.projectId, projectId), isLabelled(db)))
    .groupBy(routes.correctLayer)
  const samples = labelled.reduce((sum, row) => sum + row.samples, 0)
  const isEnough = samples >= training.minSamples && labelled.length > 1
  return isEnough ? trainRouter(store, projectId) : undefined
}
