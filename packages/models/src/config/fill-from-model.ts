import { z } from 'zod'
import { modelDefaults } from './model-defaults.ts'

/** The options whose defaults depend on the model. */
interface ModelOptions {
  model: string
  dimensions?: number | undefined
  sendDimensions?: boolean | undefined
  documentPrefix?: string | undefined
  queryPrefix?: string | undefined
}

/** Fills in what the options leave to the model; refuses a model of unknown vector length. A zod transform. */
export const fillFromModel = <T extends ModelOptions>(options: T, context: z.RefinementCtx<T>) => {
  const own = modelDefaults(options.model)
  const { dimensions = own.dimensions } = options
  if (dimensions === undefined) {
    const message = 'must be set: the vector length of this model is not known'
    context.addIssue({ code: 'custom', path: ['dimensions'], message })
    return z.NEVER
  }
  const {
    sendDimensions = own.canShorten && dimensions !== own.dimensions,
    documentPrefix = own.documentPrefix,
    queryPrefix = own.queryPrefix,
  } = options
  return { ...options, dimensions, sendDimensions, documentPrefix, queryPrefix }
}
