import { OpsError } from '../ops-error.ts'
import type { Connection } from './connection.ts'
import { quoteName, quoteText } from './quote.ts'

/** Whose rows are seen: the setting that row level security reads, and what it is set to. */
export interface Tenant {
  /** Such as `app.tenant_id`. */
  readonly setting: string
  readonly id: string
}

/** What holds in every transaction. */
export interface Session {
  readonly schemas: readonly string[]
  readonly tenant?: Tenant | undefined
}

/** What holds in one transaction. */
export interface TransactionOptions {
  readonly mode: 'read only' | 'read write'
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

/** How long a lock is waited for, in milliseconds: others wait behind. */
const LOCK_TIMEOUT_MS = 2000
/** The most bytes that one call may receive: 32 MiB. */
export const MAX_RECEIVED_BYTES = 33_554_432

/** What is set, as statements of which each begins with `keyword`. */
export const settingsSql = (
  session: Session,
  timeoutMs: number,
  keyword: 'set local' | 'set',
): string => {
  const path = [...session.schemas, 'pg_temp'].map(quoteName).join(', ')
  const settings = [
    `standard_conforming_strings = on`,
    `statement_timeout = ${Math.ceil(timeoutMs)}`,
    `lock_timeout = ${Math.min(LOCK_TIMEOUT_MS, Math.ceil(timeoutMs))}`,
    `idle_in_transaction_session_timeout = ${Math.ceil(timeoutMs) + 5000}`,
    `row_security = on`,
    `search_path = ${path}`,
    ...(session.tenant ? [tenantSetting(session.tenant)] : []),
  ]
  return settings.map((setting) => `${keyword} ${setting}`).join('; ')
}

const tenantSetting = ({ setting, id }: Tenant): string =>
  `${setting.split('.').map(quoteName).join('.')} = ${quoteText(id)}`

/** Whether what was done stays. */
export interface Outcome<Result> {
  readonly result: Result
  readonly keep: boolean
}

/**
 * Runs `work` in a transaction with time-outs and tenant, which is taken back unless `work` says to
 * keep it. A caller who gives up has the server stop at once.
 */
export const inTransaction = async <Result>(
  connection: Connection,
  options: TransactionOptions & { readonly session: Session },
  work: () => Promise<Outcome<Result>>,
): Promise<Result> => {
  const { mode, session, timeoutMs } = options
  return stoppable(connection, options, async () => {
    connection.allowBytes(MAX_RECEIVED_BYTES)
    try {
      await connection.command(`begin ${mode}; ${settingsSql(session, timeoutMs, 'set local')}`)
      const { result, keep } = await work()
      await connection.command(keep ? 'commit' : 'rollback')
      return result
    } catch (thrown) {
      if (!connection.isSpent()) await connection.command('rollback')
      throw thrown
    }
  })
}

/** Longer than the server's own time-out, for when the server does not answer. */
const GRACE_MS = 3000

/** Stops what runs on a connection when the caller gives up or time is over. */
export const stoppable = async <Result>(
  connection: Connection,
  { signal, timeoutMs }: Pick<TransactionOptions, 'signal' | 'timeoutMs'>,
  work: () => Promise<Result>,
): Promise<Result> => {
  if (signal?.aborted) throw cancelled()
  const stop = (): void => connection.cancel()
  const timer = setTimeout(stop, timeoutMs + GRACE_MS)
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return await work()
  } catch (thrown) {
    throw signal?.aborted ? cancelled() : thrown
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

const cancelled = (): OpsError => new OpsError('cancelled', 'the caller gave up')
