import type { Command } from 'commander'
import type { Shortcut } from '../commands/shortcut.ts'
import type { GlobalOptions } from '../global-options.ts'
import { addLayers } from './add-layers.ts'
import { addPostgres } from './add-postgres.ts'
import { addShortcutCall } from './add-shortcut-call.ts'
import { loadOperations } from './load-operations.ts'

/** Lets shortcuts call their operations, and adds every operation as `athena <layer> <verb>`. */
export const addOperations = async (
  program: Command,
  shortcuts: readonly { readonly shortcut: Shortcut; readonly command: Command }[],
): Promise<void> => {
  const operations = await loadOperations()
  for (const { shortcut, command } of shortcuts) {
    const operation = operations.find(({ name }) => name === shortcut.operation)
    if (operation) addShortcutCall(command, shortcut, operation)
  }
  addLayers(program, operations)
  await addPostgres(program, program.opts<GlobalOptions>())
}
