import {
  type JsonObject,
  type Operation,
  type OperationDescription,
  OperationError,
  type Registry,
  toAnnotations,
  toJsonSchema,
} from '@athena-memory/operations'
import { isSpecType, type Tool as McpTool } from '@modelcontextprotocol/server'

/** An operation under the name that a model calls it by. */
export interface Tool {
  readonly name: string
  readonly operation: OperationDescription
  /**
   * Calls the operation with and for wire values.
   * @throws OperationError
   */
  readonly call: (operations: Registry, input: unknown) => Promise<JsonObject>
}

/** A tool that calls one operation of the memory. */
export const toTool = (name: string, operation: OperationDescription): Tool => ({
  name,
  operation,
  call: (operations, input) => operations.call(operation.name, input),
})

/** A tool over the operations themselves. */
export const toRegistryTool = (name: string, operation: Operation<Registry>): Tool => ({
  name,
  operation,
  call: (operations, input) => operation.bind(operations).call(input),
})

/**
 * How the tool is listed: everything from the one definition of its operation.
 * @throws OperationError with `invalid-definition` for what MCP cannot list
 */
export const toListing = ({ name, operation }: Tool): McpTool => {
  const listing: unknown = {
    name,
    title: operation.title,
    description: operation.description,
    inputSchema: toJsonSchema(operation.input, 'input'),
    outputSchema: toJsonSchema(operation.output, 'output'),
    annotations: toAnnotations(operation),
  }
  if (isSpecType.Tool(listing)) return listing
  throw new OperationError('invalid-definition', `${operation.name}: cannot be listed as a tool`)
}
