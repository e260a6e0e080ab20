import { cutBeforeSecret } from '@athena-memory/db-core/secrets'
import { isKey, MAX_SUBJECTS } from '../check-episode.ts'
import { hashParts } from '../content-hash.ts'
import type { NewEpisode } from '../new-episode.ts'
import type { GitCommit } from './git-log.ts'

const MAX_MESSAGE = 100_000
const MAX_NAME = 500
const MAX_PARENTS = 100
const MAX_LINES = 2_147_483_647

/** What stands for a message that is not there. */
const NO_MESSAGE = 'Commit without a message'

/** The episode that a commit is. A renamed file counts once and is listed under both of its names. */
export const toCommitEpisode = (
  { files, message, ...commit }: GitCommit,
  { projectId, source }: Pick<NewEpisode, 'projectId' | 'source'>,
): NewEpisode => ({
  projectId,
  source,
  eventType: 'commit',
  content: beginningOf(message.replaceAll('\0', '')).trim() || NO_MESSAGE,
  occurredAt: commit.authoredAt,
  // The longest paths and the last of very many files do not fit into the index of names.
  files: files
    .flatMap(({ path, oldPath }) => (oldPath === undefined ? [path] : [path, oldPath]))
    .filter(isKey)
    .slice(0, MAX_SUBJECTS),
  filesChanged: files.length,
  linesAdded: sumLines(files.map(({ added }) => added)),
  linesDeleted: sumLines(files.map(({ deleted }) => deleted)),
  code: {
    commit: commit.id,
    parents: commit.parents.slice(0, MAX_PARENTS),
    ...(commit.author && { author: commit.author.slice(0, MAX_NAME) }),
    ...(commit.authorEmail && { authorEmail: commit.authorEmail.slice(0, MAX_NAME) }),
  },
})

const beginningOf = (message: string): string =>
  message.slice(0, cutBeforeSecret(message, MAX_MESSAGE))

const sumLines = (lines: readonly number[]): number =>
  Math.min(
    lines.reduce((sum, each) => sum + each, 0),
    MAX_LINES,
  )

/**
 * What a commit keeps when history is rewritten around it: author, time, message, files and lines.
 * SHA-256 in hex.
 */
export const hashCommit = ({
  author,
  authorEmail,
  authoredAt,
  message,
  files,
}: GitCommit): string =>
  hashParts(['commit', author, authorEmail, authoredAt.toISOString(), message, files])
