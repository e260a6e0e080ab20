import type { Database, Tables } from '@athena-memory/db-core'
import { eq } from 'drizzle-orm'
import { memberOf } from '@athena-memory/db-core/stores'
import { type Features, toVector } from './features.ts'
import { type Forest, isForestJson, openForest } from './forest.ts'
import { type RankedLayer, ROUTED_LAYERS } from './layers.ts'

/** What is known of a project's trained router. */
export interface RouterModel {
  /** 1 for the first; each training makes the next. */
  readonly version: number
  /** `random-forest`. */
  readonly algorithm: string
  /** Routes with a known layer that it was made from. */
  readonly sampleCount: number
  /** The layers it knows. */
  readonly layers: string[]
  /** Share of routes it gets right without having seen them, by cross-validation in five parts. */
  readonly accuracy?: number | undefined
  readonly trainedAt: Date
}

/** A trained router that answers. */
export interface TrainedRouter {
  readonly version: number
  rank(features: Features): RankedLayer[]
}

/** Reads the trained router of a project; absent before the first training. */
export type ReadModel = (db: Database, projectId: string) => Promise<TrainedRouter | undefined>

type ModelRow = Tables['routerModels']['$inferSelect']

/** What callers see of a stored model. */
export const toRouterModel = (row: Omit<ModelRow, 'model'>): RouterModel => {
  const { version, algorithm, sampleCount, layers, trainedAt } = row
  return { version, algorithm, sampleCount, layers, accuracy: row.accuracy ?? undefined, trainedAt }
}

/** What is known of a project's trained router, without the router itself. */
export const findModel = async (
  { query, tables: { routerModels } }: Database,
  projectId: string,
): Promise<RouterModel | undefined> => {
  const { version, algorithm, sampleCount, layers, accuracy, trainedAt } = routerModels
  const [row] = await query
    .select({ version, algorithm, sampleCount, layers, accuracy, trainedAt })
    .from(routerModels)
    .where(eq(routerModels.projectId, projectId))
    .limit(1)
  return row && { ...row, accuracy: row.accuracy ?? undefined }
}

/** A model of some hundred routes takes a few megabytes. */
const MOST_REMEMBERED = 8

/**
 * Reads trained routers and remembers them: one is read again only after it was trained anew, by
 * whatever process.
 */
export const createModelReader = (): ReadModel => {
  const known = new Map<string, TrainedRouter & { readonly stamp: string }>()
  return async (db, projectId) => {
    const found = await findModel(db, projectId)
    if (!found) return undefined
    const stamp = `${found.version} ${found.trainedAt.getTime()}`
    const remembered = known.get(projectId)
    if (remembered?.stamp === stamp) return remembered
    const read = await readRouter(db, projectId)
    if (known.size >= MOST_REMEMBERED) known.clear()
    if (read) known.set(projectId, { ...read, stamp })
    return read
  }
}

const readRouter = async (
  { query, tables: { routerModels } }: Database,
  projectId: string,
): Promise<TrainedRouter | undefined> => {
  const [row] = await query
    .select()
    .from(routerModels)
    .where(eq(routerModels.projectId, projectId))
    .limit(1)
  const forest = row && openStored(row)
  if (!forest) return undefined
  const { version, featureNames } = row
  return { version, rank: (features) => forest.rank(toVector(features, featureNames)) }
}

/** Absent for a model of another kind, which another version of this program may have trained. */
const openStored = ({ model, layers }: ModelRow): Forest | undefined => {
  if (!isForestJson(model)) return undefined
  const known = layers.map((layer) => memberOf(ROUTED_LAYERS, layer, 'router_models.layers'))
  return openForest(model, known)
}
