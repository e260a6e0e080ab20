import { createHash } from 'node:crypto'
import { open, realpath, stat } from 'node:fs/promises'
import { StorageError } from '@athena-memory/db-core'
import { z } from 'zod'
import { keyProblem } from '../check-episode.ts'
import type { EpisodeDraft } from '../episode-draft.ts'
import type { StoreContext } from '../store-context.ts'
import { type IngestionSource, readCursor, writeBatch } from './ingestion-cursor.ts'
import { type FileLine, type LinePlace, MAX_LINE_BYTES, readLines } from './read-lines.ts'

/** Which file to read. */
export interface IngestFileOptions {
  readonly projectId: string
  readonly path: string
}

/** A line that could not be read, and why. */
export interface MalformedLine {
  /** From 1, as editors count. */
  readonly line: number
  readonly reason: string
}

/** What was read and recorded. */
export interface IngestFileReport {
  /** The file, without links. */
  readonly source: string
  /** Lines that were looked at: those since the last time. */
  readonly lines: number
  readonly added: number
  /** Episodes that were recorded already. */
  readonly duplicates: number
  /** Keys, tokens and passwords that were cut out of what was added. */
  readonly redactions: number
  /** How many lines were skipped, and the first 100 of them. */
  readonly malformed: number
  readonly malformedLines: MalformedLine[]
  readonly notices: string[]
}

/** Lines as what they mean. */
export interface ReadLines {
  readonly drafts: readonly EpisodeDraft[]
  readonly malformed: readonly MalformedLine[]
  /** Where the next run begins; nothing before it is needed again. */
  readonly resumeAt: LinePlace
}

/** Turns lines of a file into episodes, batch by batch. */
export type LineReader = (lines: readonly FileLine[]) => ReadLines

/** What one transaction records at most: lines, and bytes of them. */
const BATCH_LINES = 200
const BATCH_BYTES = 8_388_608

const MAX_REPORTED = 100

/** Records what is new in a file, part by part; see `EpisodicStore.ingestJsonl`. */
export const ingestFile = async (
  store: StoreContext,
  source: IngestionSource,
  read: LineReader,
): Promise<IngestFileReport> => {
  const report = { lines: 0, added: 0, redactions: 0, malformed: 0 }
  const malformedLines: MalformedLine[] = []
  const notices = new Set<string>()
  let episodes = 0
  for await (const lines of readBatches(source.source, await findStart(store, source))) {
    const { drafts, malformed, resumeAt } = read(lines)
    const fingerprint = await fingerprintOf(source.source, resumeAt.offset)
    const cursor: FileCursor = { ...resumeAt, fingerprint }
    const written = await writeBatch(store, source, { drafts, cursor })
    report.lines += lines.length
    report.added += written.added
    report.redactions += written.redactions
    report.malformed += malformed.length
    episodes += drafts.length
    malformedLines.push(...malformed.slice(0, MAX_REPORTED - malformedLines.length))
    for (const notice of written.notices) notices.add(notice)
  }
  const duplicates = episodes - report.added
  return { source: source.source, ...report, duplicates, malformedLines, notices: [...notices] }
}

/** The file that a path stands for, and when it was last written. */
export const findFile = async (path: string): Promise<{ source: string; changedAt: Date }> => {
  const source = await realpath(path).catch(() => undefined)
  const found = source === undefined ? undefined : await stat(source)
  if (source === undefined || !found?.isFile()) {
    throw new StorageError('invalid', { detail: 'path must be a file that can be read' })
  }
  const problem = keyProblem('path', source)
  if (problem !== undefined) throw new StorageError('invalid', { detail: problem })
  return { source, changedAt: found.mtime }
}

const fileCursor = z.object({
  offset: z.number().int().nonnegative(),
  lines: z.number().int().nonnegative(),
  /** Of the bytes around the ends of what was read: it shows a file that was written anew. */
  fingerprint: z.string(),
})
type FileCursor = z.output<typeof fileCursor>

/** Where the last run ended, or the beginning if the file is another one since. */
const findStart = async ({ db }: StoreContext, source: IngestionSource): Promise<LinePlace> => {
  const { data: cursor } = fileCursor.safeParse(await readCursor(db, source))
  const isSame =
    cursor !== undefined &&
    cursor.fingerprint === (await fingerprintOf(source.source, cursor.offset))
  return isSame ? cursor : { offset: 0, lines: 0 }
}

const FINGERPRINT_BYTES = 1024

/** SHA-256 of the first and the last kilobyte before a place. */
const fingerprintOf = async (path: string, offset: number): Promise<string> => {
  const hash = createHash('sha256').update(String(offset))
  const file = await open(path)
  try {
    const size = Math.min(FINGERPRINT_BYTES, offset)
    for (const position of [0, offset - size]) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, position)
      hash.update(buffer.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
  return hash.digest('hex')
}

const readBatches = async function* (path: string, from: LinePlace): AsyncGenerator<FileLine[]> {
  let batch: FileLine[] = []
  let bytes = 0
  for await (const line of readLines(path, from)) {
    batch.push(line)
    bytes += line.text?.length ?? 0
    if (batch.length < BATCH_LINES && bytes < BATCH_BYTES) continue
    yield batch
    batch = []
    bytes = 0
  }
  if (batch.length > 0) yield batch
}

/** A line as JSON, nothing for an empty one, or why it is none. */
export const parseJsonLine = ({
  text,
}: FileLine): { readonly value: unknown } | { readonly reason: string } | undefined => {
  if (text === undefined) return { reason: `has more than ${MAX_LINE_BYTES} bytes` }
  const json = text.replace(/^\uFEFF/, '').trim()
  if (json === '') return undefined
  try {
    return { value: JSON.parse(json) }
  } catch {
    // Its message would hold a piece of the line.
    return { reason: 'is no JSON' }
  }
}

/**
 * The place after a line. What follows one without a newline still belongs to it, so it is no line
 * that was passed.
 */
export const placeAfter = ({ end, number, isComplete }: FileLine): LinePlace => ({
  offset: end,
  lines: isComplete ? number : number - 1,
})

/** The place before a line. */
export const placeBefore = ({ start, number }: FileLine): LinePlace => ({
  offset: start,
  lines: number - 1,
})
