import { stat } from 'node:fs/promises'
import { StorageError } from '@athena-memory/db-core'
import { guardText } from '@athena-memory/db-core/secrets'
import { z } from 'zod'
import { hashParts } from '../content-hash.ts'
import { draftEpisode, type EpisodeDraft } from '../episode-draft.ts'
import { findRecorded } from '../find-episodes.ts'
import type { StoreContext } from '../store-context.ts'
import { hashCommit, toCommitEpisode } from './commit-episode.ts'
import { GIT_LOG, type GitCommit, parseGitLog } from './git-log.ts'
import { type IngestionSource, readCursor, writeBatch } from './ingestion-cursor.ts'
import { readGit, readGitLine } from './read-git.ts'

/** Which repository to read. */
export interface IngestGitOptions {
  readonly projectId: string
  /** A directory in the repository. */
  readonly path: string
}

/** What was read and recorded. */
export interface IngestGitReport {
  /** The directory of the repository. */
  readonly repository: string
  /** The commit that was read up to; absent in an empty repository. */
  readonly head?: string | undefined
  /** Commits that were looked at: those since the last time. */
  readonly commits: number
  readonly added: number
  /** Commits that were recorded already, such as those of a rewritten history. */
  readonly duplicates: number
  /** Keys, tokens and passwords that were cut out of what was added. */
  readonly redactions: number
  readonly notices: string[]
}

/** What one transaction records at most. */
const BATCH_COMMITS = 100
const BATCH_FILES = 5000

const commitId = z.string().regex(/^[0-9a-f]{40,64}$/)

/** How far a repository is read: all up to `base`, and the first `done` from there to `head`. */
const gitCursor = z.object({
  base: commitId.optional(),
  head: commitId,
  done: z.number().int().nonnegative(),
  last: commitId,
})

/** Records the history of a repository; see `EpisodicStore.ingestGit`. */
export const ingestGit = async (
  store: StoreContext,
  { projectId, path }: IngestGitOptions,
): Promise<IngestGitReport> => {
  const repository = await findRepository(path)
  const source: IngestionSource = { projectId, source: repository, sourceKind: 'git' }
  const head = await readGitLine(repository, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])
  if (head === undefined) {
    return { repository, commits: 0, added: 0, duplicates: 0, redactions: 0, notices: [] }
  }
  const plan = await planReading(store, source, head)
  const report = { commits: 0, added: 0, redactions: 0 }
  const notices = new Set<string>()
  const isReachable = createReachability(repository, head)
  for await (const commits of readBatches(repository, plan.pending)) {
    report.commits += commits.length
    const done = plan.done + report.commits
    const drafts = await draftCommits(store, { source, commits, isReachable })
    const cursor = toCursor(plan, { head, done, last: commits.at(-1)?.id ?? head })
    const written = await writeBatch(store, source, { drafts, cursor })
    report.added += written.added
    report.redactions += written.redactions
    for (const notice of written.notices) notices.add(notice)
  }
  const duplicates = report.commits - report.added
  return { repository, head, ...report, duplicates, notices: [...notices] }
}

const findRepository = async (path: string): Promise<string> => {
  const isDirectory = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isDirectory) throw new StorageError('invalid', { detail: 'path must be a directory' })
  const root =
    (await readGitLine(path, ['rev-parse', '--show-toplevel'])) ??
    (await readGitLine(path, ['rev-parse', '--absolute-git-dir']))
  if (root) return root
  throw new StorageError('invalid', { detail: 'path must be a directory in a git repository' })
}

interface ReadingPlan {
  readonly base: string | undefined
  /** Commits from the base to the head that are recorded already. */
  readonly done: number
  /** The others, parents first. */
  readonly pending: readonly string[]
  readonly total: number
}

const planReading = async (
  { db }: StoreContext,
  source: IngestionSource,
  head: string,
): Promise<ReadingPlan> => {
  const { data: cursor } = gitCursor.safeParse(await readCursor(db, source))
  const base =
    cursor?.base && (await isCommit(source.source, cursor.base)) ? cursor.base : undefined
  const all = await listCommits(source.source, base === undefined ? [head] : [head, `^${base}`])
  const isSame = cursor?.head === head && all[cursor.done - 1] === cursor.last
  const done = isSame ? cursor.done : 0
  return { base, done, pending: all.slice(done), total: all.length }
}

const isCommit = async (repository: string, id: string): Promise<boolean> =>
  (await readGitLine(repository, ['rev-parse', '--verify', '--quiet', `${id}^{commit}`])) === id

/** Commits, parents before children. */
const listCommits = async (repository: string, range: readonly string[]): Promise<string[]> => {
  const ids: string[] = []
  for await (const id of readGit(repository, ['rev-list', '--topo-order', '--reverse', ...range]))
    ids.push(id)
  return ids
}

type GitCursor = z.output<typeof gitCursor>

/** Once everything up to the head is recorded, the head is the base of what comes next. */
const toCursor = ({ base, total }: ReadingPlan, reached: Omit<GitCursor, 'base'>): GitCursor =>
  reached.done === total
    ? { base: reached.head, head: reached.head, done: 0, last: reached.last }
    : { ...reached, ...(base !== undefined && { base }) }

const readBatches = async function* (
  repository: string,
  ids: readonly string[],
): AsyncGenerator<GitCommit[]> {
  if (ids.length === 0) return
  const parts = readGit(repository, GIT_LOG, { separator: '\0', input: `${ids.join('\n')}\n` })
  let batch: GitCommit[] = []
  let files = 0
  for await (const commit of parseGitLog(parts)) {
    batch.push(commit)
    files += commit.files.length
    if (batch.length < BATCH_COMMITS && files < BATCH_FILES) continue
    yield batch
    batch = []
    files = 0
  }
  if (batch.length > 0) yield batch
}

type Reachability = (id: string) => Promise<boolean>

/** Whether a commit is in the history of the head. Read once, and only if somebody asks. */
const createReachability = (repository: string, head: string): Reachability => {
  let ids: Promise<Set<string>> | undefined
  return async (id) => {
    ids ??= listCommits(repository, [head]).then((all) => new Set(all))
    return (await ids).has(id)
  }
}

interface CommitBatch {
  readonly source: IngestionSource
  readonly commits: readonly GitCommit[]
  readonly isReachable: Reachability
}

/**
 * Drafts of commits. Two that look the same are one change when the other is no longer in the history,
 * which was rewritten then, and two changes when it still is.
 */
const draftCommits = async (
  { db, newId, now, secretPolicy }: StoreContext,
  { source: { projectId, source }, commits, isReachable }: CommitBatch,
): Promise<EpisodeDraft[]> => {
  const hashes = commits.map((commit) => {
    const { text: message } = guardText(commit.message, secretPolicy, 'message of a commit')
    return hashCommit({ ...commit, message })
  })
  const recorded = await findRecorded(
    db,
    hashes.map((contentHash) => ({ projectId, contentHash })),
  )
  const owners = new Map<string, unknown>()
  for (const { contentHash, code } of recorded.values()) owners.set(contentHash, code?.['commit'])
  const drafts: EpisodeDraft[] = []
  for (const [at, commit] of commits.entries()) {
    const hash = hashes[at] ?? ''
    const owner = owners.get(hash) ?? commit.id
    owners.set(hash, owner)
    const isOther = owner !== commit.id && typeof owner === 'string' && (await isReachable(owner))
    const contentHash = isOther ? hashParts(['commit', hash, commit.id]) : hash
    const episode = toCommitEpisode(commit, { projectId, source })
    drafts.push(draftEpisode(episode, { id: newId(), now: now(), contentHash, secretPolicy }))
  }
  return drafts
}
