import type { z } from 'zod'
import { toOperationError } from './operation-error.ts'
import { splitOperationName } from './operation-name.ts'
import type { Effect, Example, TypedOperation } from './operation.ts'
import { decodeInput, encodeOutput } from './wire.ts'

type Strict<Shape extends z.ZodRawShape> = z.ZodObject<Shape, z.core.$strict>

/** What an operation is made of; see `OperationDescription` for the fields not explained here. */
export interface OperationDefinition<
  Context,
  Input extends z.ZodRawShape,
  Output extends z.ZodObject,
> {
  readonly name: `${string}.${string}`
  readonly title: string
  readonly description: string
  /** Made strict here; objects inside it must be `z.strictObject`. */
  readonly input: z.ZodObject<Input>
  readonly output: Output
  readonly effect: Effect
  /** Default: reads are, everything else is not. */
  readonly idempotent?: boolean
  readonly examples?: readonly Example<z.input<Strict<Input>>>[]
  /** Gets validated arguments. What it throws becomes an `OperationError` with the code `failed`. */
  readonly run: (context: Context, input: z.output<Strict<Input>>) => Promise<z.output<Output>>
}

/**
 * Defines an operation once, for every way of calling it. Annotate the first parameter of `run` with
 * the layer's store: the operation then binds to that store and to no other.
 * @throws OperationError with `invalid-definition` for a malformed name
 */
export const defineOperation = <Context, Input extends z.ZodRawShape, Output extends z.ZodObject>(
  definition: OperationDefinition<Context, Input, Output>,
): TypedOperation<Context, Strict<Input>, Output> => {
  const { name, title, description, output, effect, examples = [] } = definition
  const { layer, verb } = splitOperationName(name)
  const input = definition.input.strict()

  const run = async (context: Context, given: unknown): Promise<z.output<Output>> => {
    const accepted = decodeInput(name, input, given)
    try {
      return await definition.run(context, accepted)
    } catch (thrown) {
      throw toOperationError(name, thrown)
    }
  }
  const described = {
    name,
    layer,
    verb,
    title,
    description,
    input,
    output,
    effect,
    idempotent: definition.idempotent ?? effect === 'read',
    examples,
  }
  return {
    ...described,
    run,
    bind: (context) => ({
      ...described,
      call: async (given) => encodeOutput(name, output, await run(context, given)),
    }),
  }
}
