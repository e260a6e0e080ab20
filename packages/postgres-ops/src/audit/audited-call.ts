/** One call, as it is written down: nothing of it is stored content. */
export interface AuditedCall {
  readonly at: Date
  /** Who called, as the program says. */
  readonly actor: string
  /** The login role. */
  readonly role: string
  readonly tenantId?: string | undefined
  readonly tool: string
  /** The statement without literals and comments; empty where it could not be read. */
  readonly statement: string
  readonly verdict: 'allowed' | 'refused' | 'failed'
  /** Why it was refused, or how it failed. */
  readonly reason: string
  /** Rows that were returned or changed. */
  readonly rows: number
  readonly durationMs: number
}

/** Where calls are written down. */
export type Audit = (call: AuditedCall) => Promise<void>
