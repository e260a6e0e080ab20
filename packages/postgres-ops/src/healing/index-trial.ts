import type { Catalogue } from '../health/catalogue.ts'
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
  /** Absent where PostgreSQL cannot make such an index. */
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
  async add(statement, name) {
    await catalogue.query('savepoint trial')
    try {
      await catalogue.query(statement)
    } catch (thrown) {
      await catalogue.query('rollback to savepoint trial')
      if (isImpossible(thrown)) return undefined
      throw thrown
    }
    const [bytes] = await catalogue.query('select pg_relation_size(to_regclass($1))::text', [name])
    return { planName: unqualified(name), bytes: Number(bytes) }
  },
  async undo() {
    await catalogue.query('rollback to savepoint trial')
  },
})

/** Makes indexes that only the planner of this connection sees. */
export const createHypotheticalTrial = (catalogue: Catalogue): IndexTrial => {
  let last = ''
  return {
    proof: 'hypopg',
    async add(statement) {
      await catalogue.query('savepoint trial')
      try {
        const [made] = await catalogue.query(
          `select json_build_array(indexrelid::text, indexname, hypopg_relation_size(indexrelid))::text from hypopg_create_index($1)`,
          [statement],
        )
        const [id = '', planName = '', bytes = 0]: unknown[] = JSON.parse(made ?? '[]')
        last = String(id)
        return { planName: String(planName), bytes: Number(bytes) }
      } catch (thrown) {
        await catalogue.query('rollback to savepoint trial')
        if (isImpossible(thrown)) return undefined
        throw thrown
      }
    },
    async undo() {
      await catalogue.query('select hypopg_drop_index($1::oid)::text', [last])
    },
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
