import { hasAuditTable, auditToStandardError, auditToTable } from './audit/create-audit.ts'
import type { Audit } from './audit/audited-call.ts'
import { readCodeFacts } from './catalog/read-code-facts.ts'
import { readRelationFacts } from './catalog/read-relation-facts.ts'
import { createReadRows, type ReadRows } from './catalog/read-rows.ts'
import { checkRole, type Login } from './connection/check-role.ts'
import type { Connection } from './connection/connection.ts'
import {
  inTransaction,
  type Outcome,
  type Session,
  type TransactionOptions,
} from './connection/in-transaction.ts'
import { createPool, type Pool } from './connection/pool.ts'
import type { CatalogFacts } from './guard/catalog-facts.ts'
import { createGuard, type Guard } from './guard/create-guard.ts'
import type { Policy } from './guard/policy.ts'
import type { OpsSettings } from './ops-settings.ts'

/** What every tool works with. */
export interface OpsContext {
  readonly settings: OpsSettings
  readonly guard: Guard
  readonly session: Session
  readonly login: Login
  readonly pool: Pool
  readonly audit: Audit
  /** What is known of the database; of its relations, at most half a minute old. */
  facts(): Promise<CatalogFacts>
  /** Forgets what is known of relations, after the schema changed. */
  forgetRelations(): void
  transaction<Result>(
    options: TransactionOptions,
    work: (connection: Connection) => Promise<Outcome<Result>>,
  ): Promise<Result>
  /** Lets `work` look into the catalogue, in one transaction that only reads. */
  inspect<Result>(work: (read: ReadRows) => Promise<Result>): Promise<Result>
}

/** How old what is known of relations may be, in milliseconds. */
const FACTS_AGE_MS = 30_000
/** How long the catalogue may take, in milliseconds. */
export const INSPECT_TIMEOUT_MS = 30_000

/** Connects, checks the login role and reads the catalogue. */
export const openContext = async (settings: OpsSettings): Promise<OpsContext> => {
  const pool = createPool(
    { url: settings.url, applicationName: 'athena-postgres-ops' },
    settings.maxConnections,
  )
  try {
    return await prepare(settings, pool)
  } catch (thrown) {
    await pool.close()
    throw thrown
  }
}

const prepare = async (settings: OpsSettings, pool: Pool): Promise<OpsContext> => {
  const { policy, tenant } = settings
  const session = { schemas: policy.schemas, tenant }
  const transaction: OpsContext['transaction'] = (options, work) =>
    pool.lend((connection) =>
      inTransaction(connection, { ...options, session }, () => work(connection)),
    )
  const inspect: OpsContext['inspect'] = (work) =>
    transaction({ mode: 'read only', timeoutMs: INSPECT_TIMEOUT_MS }, async (connection) => ({
      result: await work(createReadRows(connection)),
      keep: false,
    }))
  const start = await inspect(async (read) => ({
    login: await checkRole(read, settings.level),
    code: await readCodeFacts(read),
    hasTable: await hasAuditTable(read),
  }))
  const relations = createRelations(inspect, policy)
  return {
    settings,
    session,
    pool,
    transaction,
    inspect,
    login: start.login,
    guard: await createGuard(policy),
    audit: settings.audit ?? (start.hasTable ? auditToTable(pool) : auditToStandardError),
    facts: async () => ({ ...start.code, ...(await relations.get()) }),
    forgetRelations: relations.forget,
  }
}

const createRelations = (inspect: OpsContext['inspect'], { schemas }: Policy) => {
  let known: ReturnType<typeof read> | undefined
  let readAt = 0
  const read = () => inspect((rows) => readRelationFacts(rows, schemas))
  const forget = (): void => {
    known = undefined
  }
  return {
    forget,
    async get() {
      if (known === undefined || performance.now() - readAt > FACTS_AGE_MS) {
        readAt = performance.now()
        known = read()
        // A failure is told to whoever asked, and not kept.
        known.catch(forget)
      }
      return known
    },
  }
}
