import type { z } from 'zod'
import type { JsonObject } from './json.ts'

/** What a call does to the memory: looks, adds or changes, or removes what cannot be brought back. */
export type Effect = 'read' | 'write' | 'destructive'

/** A call worth showing in the docs: what it is for, and its arguments as they cross the wire. */
export interface Example<Input = unknown> {
  readonly title: string
  readonly input: Input
}

/** Everything that can be said about an operation without a store at hand. */
export interface OperationDescription {
  /** `layer.verb`, such as `semantic.search-across-projects`. */
  readonly name: string
  readonly layer: string
  readonly verb: string
  readonly title: string
  /** When to use it, and when not. */
  readonly description: string
  /** Strict: an argument it does not know is an error. */
  readonly input: z.ZodObject
  readonly output: z.ZodObject
  readonly effect: Effect
  /** Whether calling twice with the same arguments leaves what calling once leaves. */
  readonly idempotent: boolean
  readonly examples: readonly Example[]
}

/** An operation that has its store and can be called by programs that know it by name only. */
export interface BoundOperation extends OperationDescription {
  /**
   * Validates the arguments, runs the operation and encodes its result. Takes and gives wire values:
   * JSON, times as ISO strings, absent properties left out.
   * @throws OperationError with `invalid-input`, `invalid-output` or `failed`
   */
  readonly call: (input: unknown) => Promise<JsonObject>
}

/** An operation over a `Context`, usually the store of its layer. Lists of them may mix arguments. */
export interface Operation<Context> extends OperationDescription {
  readonly bind: (context: Context) => BoundOperation
}

/** An operation whose arguments and result are known to the compiler: what `defineOperation` gives. */
export interface TypedOperation<
  Context,
  Input extends z.ZodObject,
  Output extends z.ZodObject,
> extends Operation<Context> {
  readonly input: Input
  readonly output: Output
  /**
   * The direct call for programs. Arguments are written as on the wire and validated, what has a
   * default may be left out; the result is what the store gave, with times as `Date`.
   * @throws OperationError with `invalid-input` or `failed`
   */
  readonly run: (context: Context, input: z.input<Input>) => Promise<z.output<Output>>
}
