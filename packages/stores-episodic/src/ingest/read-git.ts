import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { StorageError } from '@athena-memory/db-core'

/** Variables by which a hook tells git which repository it runs for: not the one that is asked for. */
const REPOSITORY_VARIABLES = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
]

/** How to speak with git. */
export interface GitOptions {
  /** What ends a part of the output; default a newline. */
  readonly separator?: string | undefined
  /** What git reads. */
  readonly input?: string | undefined
}

/**
 * The output of a git command in parts, as it comes: the history of years need not fit into memory.
 *
 * @throws StorageError `unavailable` without git, `invalid` where git refuses
 */
export const readGit = async function* (
  cwd: string,
  args: readonly string[],
  { separator = '\n', input = '' }: GitOptions = {},
): AsyncGenerator<string> {
  const child = spawn('git', [...args], { cwd, env: gitEnvironment() })
  const closed = once(child, 'close')
  // It is awaited below; until then a failure to start must not end the process.
  closed.catch(() => undefined)
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-10_000)
  })
  // A git that ends early reads no more; its exit says why.
  child.stdin.on('error', () => undefined).end(input)
  try {
    yield* splitParts(child.stdout.setEncoding('utf8'), separator)
    const [code]: unknown[] = await closed.catch(refuseMissingGit)
    if (code !== 0) throw gitError(complaint)
  } finally {
    child.kill()
  }
}

/** The first line of a git command's output; undefined where it has none or fails. */
export const readGitLine = async (
  cwd: string,
  args: readonly string[],
): Promise<string | undefined> => {
  try {
    for await (const line of readGit(cwd, args)) return line
  } catch (error) {
    if (
      !StorageError.is(error) ||
      error.code !== 'invalid' ||
      error.message.includes('safe.directory')
    )
      throw error
  }
  return undefined
}

async function* splitParts(output: AsyncIterable<string>, separator: string) {
  let rest = ''
  for await (const text of output) {
    const parts = (rest + text).split(separator)
    rest = parts.pop() ?? ''
    yield* parts
  }
  if (rest !== '') yield rest
}

const gitEnvironment = (): NodeJS.ProcessEnv => {
  const own = { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' }
  for (const name of REPOSITORY_VARIABLES) Reflect.deleteProperty(own, name)
  return own
}

const refuseMissingGit = (cause: unknown): never => {
  throw new StorageError('unavailable', { cause, detail: 'git cannot be run; is it installed?' })
}

/** What git complains of may hold names of files: it stays in the cause. */
const gitError = (complaint: string): StorageError => {
  const detail = complaint.includes('dubious ownership')
    ? 'the repository at path belongs to another user; allow it with git config safe.directory'
    : 'git refused to read the repository at path'
  return new StorageError('invalid', { detail, cause: new Error(complaint) })
}
