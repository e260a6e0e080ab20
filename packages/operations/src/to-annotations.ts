import type { OperationDescription } from './operation.ts'

/** The hints of an MCP tool, by their names in the protocol. */
export interface Annotations {
  readonly title: string
  readonly readOnlyHint: boolean
  readonly destructiveHint: boolean
  readonly idempotentHint: boolean
  readonly openWorldHint: false
}

/** What an MCP client may assume of an operation, from its effect. The memory is a closed world. */
export const toAnnotations = ({
  title,
  effect,
  idempotent,
}: Pick<OperationDescription, 'title' | 'effect' | 'idempotent'>): Annotations => ({
  title,
  readOnlyHint: effect === 'read',
  destructiveHint: effect === 'destructive',
  idempotentHint: idempotent,
  openWorldHint: false,
})
