import type { OperationDescription } from '@athena-memory/operations'
import type { LayerName } from 'athena-memory'
import { callOperation } from './call-operation.ts'
import type { Profile } from './profiles.ts'
import { searchOperations } from './search-operations.ts'
import { type Tool, toRegistryTool, toTool } from './tool.ts'

/** The tools of the default profile by the operations they call. */
const daily: Readonly<Record<string, string>> = {
  remember: 'semantic.remember',
  recall: 'memory.recall',
  forget: 'memory.forget',
  record_event: 'memory.record-event',
}

/** The layers of these operations. */
export const dailyLayers = ['memory', 'semantic'] as const satisfies readonly LayerName[]

/** The tools of a profile over these operations. */
export const createToolbox = (
  profile: Profile,
  operations: readonly OperationDescription[],
): readonly Tool[] => (profile === 'full' ? fullTools(operations) : dailyTools(operations))

const dailyTools = (operations: readonly OperationDescription[]): Tool[] => [
  ...Object.entries(daily).flatMap(([tool, name]) =>
    operations
      .filter((operation) => operation.name === name)
      .map((operation) => toTool(tool, operation)),
  ),
  toRegistryTool('search_operations', searchOperations),
  toRegistryTool('call_operation', callOperation),
]

// Some clients allow letters, digits and underscores only.
const fullTools = (operations: readonly OperationDescription[]): Tool[] =>
  operations.map((operation) => toTool(operation.name.replaceAll(/[.-]/g, '_'), operation))
