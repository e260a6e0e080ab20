import { clampTime } from '../check-episode.ts'

/** A file of a commit. */
export interface CommitFile {
  readonly path: string
  /** Its name before, where the commit renamed it. */
  readonly oldPath?: string | undefined
  /** 0 for a binary file. */
  readonly added: number
  readonly deleted: number
}

/** A commit as git tells of it. */
export interface GitCommit {
  readonly id: string
  readonly parents: readonly string[]
  readonly author: string
  readonly authorEmail: string
  /** When it was written, also after a rebase. */
  readonly authoredAt: Date
  readonly message: string
  /** None for a merge: its files are those of the commits that it merges. */
  readonly files: readonly CommitFile[]
}

/**
 * What `parseGitLog` reads, whatever a user or a repository has configured: no program of the
 * repository runs, and merges have no files of their own.
 */
export const GIT_LOG = [
  'log',
  '--stdin',
  '--no-walk=unsorted',
  '-z',
  '--numstat',
  '--find-renames',
  '--root',
  '--no-diff-merges',
  '--no-relative',
  '--no-ext-diff',
  '--no-textconv',
  '--no-show-signature',
  '--no-notes',
  '--no-mailmap',
  '--no-color',
  '--encoding=UTF-8',
  '--format=%H%x00%P%x00%an%x00%ae%x00%at%x00%B%x00',
]

const COMMIT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/
const FILE = /^\n?(\d+|-)\t(\d+|-)\t(.*)$/s

/** Reads the output of `GIT_LOG`, given in parts that a NUL ended. */
export const parseGitLog = async function* (
  parts: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<GitCommit> {
  const reader = createReader(parts)
  let part = await reader.next()
  while (part !== undefined) {
    if (!COMMIT_ID.test(part)) {
      part = await reader.next()
      continue
    }
    const head = { id: part, ...(await readHead(reader.next)) }
    const files: CommitFile[] = []
    part = await reader.next()
    while (part !== undefined && !COMMIT_ID.test(part)) {
      const file = await readFile(part, reader.next)
      if (file) files.push(file)
      part = await reader.next()
    }
    yield { ...head, files }
  }
}

type Next = () => Promise<string | undefined>

const createReader = (parts: AsyncIterable<string> | Iterable<string>): { next: Next } => {
  const iterator =
    Symbol.asyncIterator in parts ? parts[Symbol.asyncIterator]() : parts[Symbol.iterator]()
  return {
    next: async () => {
      const { done, value } = await iterator.next()
      return done ? undefined : value
    },
  }
}

const readHead = async (next: Next) => {
  const parents = (await next())?.split(' ').filter((id) => id !== '') ?? []
  const author = (await next()) ?? ''
  const authorEmail = (await next()) ?? ''
  const seconds = Number(await next())
  const authoredAt = clampTime(Number.isFinite(seconds) ? seconds * 1000 : 0)
  const message = (await next())?.trim() ?? ''
  return { parents, author, authorEmail, authoredAt, message }
}

const readFile = async (part: string, next: Next): Promise<CommitFile | undefined> => {
  const [, added, deleted, path] = FILE.exec(part) ?? []
  if (path === undefined) return undefined
  const lines = { added: Number(added) || 0, deleted: Number(deleted) || 0 }
  if (path !== '') return { path, ...lines }
  // A rename has its two names in parts of their own.
  const oldPath = await next()
  return { path: (await next()) ?? '', oldPath, ...lines }
}
