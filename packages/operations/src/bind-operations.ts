import type { BoundOperation, Operation } from './operation.ts'

/** Gives a layer's operations their store. Binding is cheap: bind per tenant or project as needed. */
export const bindOperations = <Context>(
  context: Context,
  operations: readonly Operation<NoInfer<Context>>[],
): BoundOperation[] => operations.map((operation) => operation.bind(context))
