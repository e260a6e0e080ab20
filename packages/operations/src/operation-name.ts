import { OperationError } from './operation-error.ts'

/**
 * The two halves of `layer.verb`, each in kebab-case.
 * @throws OperationError with `invalid-definition` for a name of any other form
 */
export const splitOperationName = (name: string): { layer: string; verb: string } => {
  const [, layer, verb] = OPERATION_NAME.exec(name) ?? []
  if (layer !== undefined && verb !== undefined) return { layer, verb }
  throw new OperationError(
    'invalid-definition',
    `operation name "${name}": expected layer.verb in kebab-case, such as semantic.mark-accessed`,
  )
}

const OPERATION_NAME = /^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/
