/** What the guard holds beside the kinds of statements. */
export interface Policy {
  /** Schemas whose relations may be used, in the order in which names without a schema are looked up. */
  readonly schemas: readonly string[]
  /** Relations nobody may read or write, by name: they hold keys. */
  readonly unreadable: readonly string[]
  /** Relations nobody may write, by name: they say what happened. */
  readonly unwritable: readonly string[]
  /** The column that says whose a row is. */
  readonly tenantColumn: string
  /** Whose rows may be written, where that is known. */
  readonly tenantId?: string
}

/** What holds unless another policy is given. */
export const DEFAULT_POLICY: Policy = {
  schemas: ['public'],
  unreadable: ['api_keys', 'api_tokens', 'credentials', 'passwords', 'secrets'],
  unwritable: ['audit', 'audit_log', 'audit_logs', 'schema_migrations', '__drizzle_migrations'],
  tenantColumn: 'tenant_id',
}
