import { type Database, StorageError } from '@athena-memory/db-core'
import type { DocumentInput, PreparedDocument } from '@athena-memory/search'
import type { GraphContext } from './graph-context.ts'

/** What was written, and the documents that tell of it. */
export interface Written<Result> {
  readonly result: Result
  readonly documents: readonly DocumentInput[]
}

/** What was written, and what the caller should know of its documents. */
export interface Described<Result> {
  readonly result: Result
  readonly notices: string[]
}

/** Attempts until the texts stand still. Of several writers one gets through in every round. */
const MAX_ATTEMPTS = 200

/**
 * Writes rows and their documents in one transaction. Which texts an entity's document holds is known
 * for sure only there, and texts are analysed and embedded only outside: a write whose texts turn out to
 * be others is undone, and done again with those.
 *
 * @param expected the documents that are likely to be written
 */
export const writeDescribed = async <Result>(
  { db, documents }: GraphContext,
  expected: readonly DocumentInput[],
  work: (tx: Database) => Promise<Written<Result>>,
): Promise<Described<Result>> => {
  /** By content: an attempt may give the same text to a row with another id. */
  const prepared = new Map<string, PreparedDocument>()
  let missing = expected
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    for (const [at, document] of (await documents.prepare(missing)).entries()) {
      prepared.set(missing[at]?.content ?? '', document)
    }
    const outcome = await db
      .transaction(async (tx) => {
        const written = await work(tx)
        const ready = pickPrepared(prepared, written.documents)
        await documents.put(tx, ready)
        return { result: written.result, notices: noticesOf(ready) }
      })
      .catch(missingOf)
    if ('result' in outcome) return outcome
    missing = outcome.missing
  }
  throw new StorageError('busy')
}

class NotPrepared extends Error {
  readonly missing: readonly DocumentInput[]

  constructor(missing: readonly DocumentInput[]) {
    super('Some texts are not prepared yet.')
    this.missing = missing
  }
}

const missingOf = (error: unknown): Pick<NotPrepared, 'missing'> => {
  if (error instanceof NotPrepared) return error
  throw error
}

const pickPrepared = (
  prepared: ReadonlyMap<string, PreparedDocument>,
  inputs: readonly DocumentInput[],
): PreparedDocument[] => {
  const missing = inputs.filter((input) => !prepared.has(input.content))
  if (missing.length > 0) throw new NotPrepared(missing)
  return inputs.flatMap((input) => {
    const document = prepared.get(input.content)
    return document ? [{ ...document, input }] : []
  })
}

const noticesOf = (prepared: readonly PreparedDocument[]): string[] => [
  ...new Set(prepared.flatMap(({ notice }) => notice ?? [])),
]
