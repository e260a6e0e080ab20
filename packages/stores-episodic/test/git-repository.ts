import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A repository in a directory of its own. */
export interface TestRepository {
  readonly path: string
  git(...args: string[]): Promise<string>
  write(name: string, content: string | Uint8Array): Promise<void>
  /** Commits everything at a time of its own, a minute after the one before. */
  commit(message: string, ...args: string[]): Promise<string>
  remove(): Promise<void>
}

const run = promisify(execFile)

/** A new, empty repository. */
export const createRepository = async (): Promise<TestRepository> => {
  const path = await mkdtemp(join(tmpdir(), 'episodic-git-'))
  let minutes = 0
  const git = async (...args: string[]): Promise<string> => {
    const date = new Date(Date.UTC(2025, 0, 1) + minutes * 60_000).toISOString()
    const env = {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    }
    return (await run('git', args, { cwd: path, env })).stdout.trim()
  }
  await git('init', '--quiet', '--initial-branch=main')
  await git('config', 'user.name', 'Ada')
  await git('config', 'user.email', 'ada@example.org')
  return {
    path,
    git,
    write: (name, content) => writeFile(join(path, name), content),
    async commit(message, ...args) {
      minutes += 1
      await git('add', '--all')
      await git(
        'commit',
        '--quiet',
        '--allow-empty',
        '--allow-empty-message',
        '-m',
        message,
        ...args,
      )
      return git('rev-parse', 'HEAD')
    },
    remove: () => rm(path, { recursive: true, force: true }),
  }
}
