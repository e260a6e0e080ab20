import { styleText } from 'node:util'
import { Command, Option } from 'commander'
import { addBackup } from './commands/backup.ts'
import { addDoctor } from './commands/doctor.ts'
import { addEmbed } from './commands/embed.ts'
import { forget } from './commands/forget.ts'
import { addInit } from './commands/init.ts'
import { addMigrate } from './commands/migrate.ts'
import { addOperationList } from './commands/operations.ts'
import { recall } from './commands/recall.ts'
import { remember } from './commands/remember.ts'
import { addRestore } from './commands/restore.ts'
import { addShortcut } from './commands/shortcut.ts'
import { addStatus } from './commands/status.ts'

const maintenance = [
  addStatus,
  addDoctor,
  addInit,
  addBackup,
  addRestore,
  addMigrate,
  addEmbed,
  addOperationList,
]

/**
 * The command line for these arguments. The operations, and flags made of them, are there only where
 * the arguments need them.
 *
 * @throws CommanderError where `--version` has been answered
 */
export const createProgram = async (args: readonly string[]): Promise<Command> => {
  const program = createRoot()
  program.commandsGroup('Memory:')
  const shortcuts = [remember, recall, forget].map((shortcut) => ({
    shortcut,
    command: addShortcut(program, shortcut),
  }))
  program.commandsGroup('Upkeep:').helpCommand('help [command]', 'show help for a command')
  const others = maintenance.map((add) => add(program))
  const [name] = program.parseOptions([...args]).operands
  if (!others.some((command) => command.name() === name)) {
    program.commandsGroup('All operations, as athena <layer> <verb>:')
    const { addOperations } = await import('./operations/add-operations.ts')
    await addOperations(program, { shortcuts, name })
  }
  hintAtHelp(program, 'athena')
  return program
}

const createRoot = (): Command =>
  new Command('athena')
    .description('Long-term memory for AI agents.')
    .version(process.env.ATHENA_VERSION ?? '0.0.0', '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .optionsGroup('Options of every command:')
    .option('--json', 'print one JSON value')
    .option('--db <address>', 'the database: file:PATH or postgres://...')
    .option('--project <name>', 'the project; by default that of the working directory')
    .addOption(
      new Option('--postgres-ops <level>', 'allow athena postgres').choices([
        'query',
        'execute',
        'alter',
      ]),
    )
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => styleText('bold', title, { validateStream: false }),
      subcommandTerm: (command) => command.name(),
    })
    .exitOverride()

const hintAtHelp = (command: Command, path: string): void => {
  command.showHelpAfterError(`hint: ${path} --help`)
  for (const child of command.commands) hintAtHelp(child, `${path} ${child.name()}`)
}
