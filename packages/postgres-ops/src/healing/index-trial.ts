import { z } from 'zod'
import { readJson, type Catalogue } from '../health/catalogue.ts'
import { OpsError } from '../ops-error.ts'

/** An index that is there for the planner, for now. */
export interface TriedIndex {
  /** What plans call it. */
  readonly planName: string
  readonly bytes: number
}

/** A way of showing the planner an index that nobody else sees. */
export interface IndexTrial {
  readonly proof: 'hypopg' | 'rolled-back-build'
  /** Absent where such an index cannot be made in this way. */
  add(statement: string, name: string): Promise<TriedIndex | undefined>
  /** Takes back what the last `add` made. */
  undo(): Promise<void>
}

/** Whether the extension is there that makes indexes without building them. */
export const hasHypopg = async (catalogue: Catalogue): Promise<boolean> =>
  (await catalogue.query("select '1' from pg_catalog.pg_extension where extname = 'hypopg'"))
    .length > 0

/** Builds indexes for real, each behind a savepoint of the open transaction. */
export const createBuildTrial = (catalogue: Catalogue): IndexTrial => ({
  proof: 'rolled-back-build',
  add: (statement, name) =>
    ifPossible(catalogue, async () => {
      await catalogue.query(statement)
      const [bytes] = await catalogue.query('select pg_relation_size(to_regclass($1))::text', [
        name,
      ])
      return { planName: unqualified(name), bytes: Number(bytes) }
    }),
  undo: async () => void (await catalogue.query('rollback to savepoint trial')),
})

const made = z.object({ id: z.string(), planName: z.string(), bytes: z.number() })

/** Makes indexes that only the planner of this connection sees; trees only. */
export const createHypotheticalTrial = (catalogue: Catalogue): IndexTrial => {
  let last = ''
  return {
    proof: 'hypopg',
    add: (statement) =>
      ifPossible(catalogue, async () => {
        const sql = `select json_build_object('id', indexrelid::text, 'planName', indexname,
          'bytes', hypopg_relation_size(indexrelid))::text from hypopg_create_index($1)`
        const [index] = await readJson(catalogue, { sql, params: [statement], row: made })
        last = index?.id ?? ''
        return index
      }),
    undo: async () =>
      void (await catalogue.query('select hypopg_drop_index($1::oid)::text', [last])),
  }
}

/** Forgets all hypothetical indexes of this connection: they know nothing of transactions. */
export const clearHypothetical = async (catalogue: Catalogue): Promise<void> => {
  await catalogue.query('select hypopg_reset()::text')
}

const ifPossible = async (
  catalogue: Catalogue,
  add: () => Promise<TriedIndex | undefined>,
): Promise<TriedIndex | undefined> => {
  await catalogue.query('savepoint trial')
  try {
    return await add()
  } catch (thrown) {
    await catalogue.query('rollback to savepoint trial')
    if (isImpossible(thrown)) return undefined
    throw thrown
  }
}

// Such as an operator class that is missing, an expression that is not immutable, or a row too large.
const isImpossible = (thrown: unknown): boolean =>
  thrown instanceof OpsError && /^(42(?!501)|0A|54|22|XX)/.test(thrown.state ?? '')

const unqualified = (name: string): string =>
  name
    .replace(/^.*\."/, '')
    .replaceAll(/^"|"$/g, '')
    .replaceAll('""', '"')
