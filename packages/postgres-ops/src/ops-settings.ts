import { z } from 'zod'
import type { Audit } from './audit/audited-call.ts'
import type { Tenant } from './connection/in-transaction.ts'
import { DEFAULT_POLICY, type Policy } from './guard/policy.ts'
import type { ExpectedSchema } from './health/expected-schema.ts'

/** What may be done, from least to most; each level includes those before it. */
export const LEVELS = ['query', 'execute', 'alter'] as const
/** What may be done, from least to most. */
export type Level = (typeof LEVELS)[number]

/** How a database is opened for agents. */
export interface PostgresOpsOptions {
  /** `postgres://...` with a login role that can do what the level needs and little else. */
  readonly url: string
  readonly level: Level
  /** Schemas whose relations may be used. Default `['public']`. */
  readonly schemas?: readonly string[]
  /** Relations that nobody may use, by name, beside those that are named like a place for keys. */
  readonly unreadable?: readonly string[]
  /** Relations that nobody may change, by name, beside those that are named like a log. */
  readonly unwritable?: readonly string[]
  /** Whose rows are seen where row level security reads a setting. Default: as the role is set up. */
  readonly tenant?: Tenant
  /** Who calls, for the audit. Default `agent`. */
  readonly actor?: string
  /** Where calls are written down. Default: the table `athena_ops.calls` if it is there, else standard error. */
  readonly audit?: Audit | undefined
  /** What the migrations of the database make: health looks for what differs, and healing mends it. */
  readonly expected?: ExpectedSchema
  /** Default 4. */
  readonly maxConnections?: number
}

/** The options, complete. */
export interface OpsSettings {
  readonly url: string
  readonly level: Level
  readonly policy: Policy
  readonly tenant: Tenant | undefined
  readonly actor: string
  readonly audit: Audit | undefined
  readonly expected: ExpectedSchema | undefined
  readonly maxConnections: number
}

const url = z.string().regex(/^postgres(ql)?:\/\//, 'url must start with postgres://')
const setting = z
  .string()
  .regex(/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)+$/i, 'tenant.setting must be like app.tenant_id')

/** @throws z.ZodError that names the option */
export const toSettings = (options: PostgresOpsOptions): OpsSettings => {
  const { tenant } = options
  if (tenant) setting.parse(tenant.setting)
  return {
    url: url.parse(options.url),
    level: z.enum(LEVELS).parse(options.level),
    tenant,
    actor: options.actor ?? 'agent',
    audit: options.audit,
    expected: options.expected,
    maxConnections: z
      .number()
      .int()
      .min(1)
      .max(100)
      .parse(options.maxConnections ?? 4),
    policy: {
      ...DEFAULT_POLICY,
      schemas: z
        .array(z.string().min(1))
        .min(1)
        .parse(options.schemas ?? DEFAULT_POLICY.schemas),
      unreadable: [...DEFAULT_POLICY.unreadable, ...(options.unreadable ?? [])],
      unwritable: [...DEFAULT_POLICY.unwritable, ...(options.unwritable ?? [])],
      ...(tenant ? { tenantId: tenant.id } : {}),
    },
  }
}
