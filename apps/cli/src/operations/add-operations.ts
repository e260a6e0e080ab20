import type { Command } from 'commander'
import type { Shortcut } from '../commands/shortcut.ts'
import type { GlobalOptions } from '../global-options.ts'
import { addLayers } from './add-layers.ts'
import { addPostgres } from './add-postgres.ts'
import { addShortcutCall } from './add-shortcut-call.ts'
import { loadOperations } from './load-operations.ts'

/** The shortcuts, and the command that the arguments name. */
export interface Wanted {
  readonly shortcuts: readonly { readonly shortcut: Shortcut; readonly command: Command }[]
  readonly name: string | undefined
}

/**
 * Lets shortcuts call their operations, and adds every operation as `athena <layer> <verb>`. A shortcut or a
 * layer that is named needs no other layer, and loads none.
 */
export const addOperations = async (
  program: Command,
  { shortcuts, name }: Wanted,
): Promise<void> => {
  const named = shortcuts.filter(({ shortcut }) => shortcut.name === name)
  const [layer = name] = named.map(({ shortcut }) => shortcut.operation.split('.')[0])
  const operations = await loadOperations(layer)
  for (const { shortcut, command } of named.length > 0 ? named : shortcuts) {
    const operation = operations.find((each) => each.name === shortcut.operation)
    if (operation) addShortcutCall(command, shortcut, operation)
  }
  if (named.length > 0) return
  addLayers(program, operations)
  await addPostgres(program, program.opts<GlobalOptions>())
}
