export { openPostgresOps, type PostgresOps } from './open-postgres-ops.ts'
export { LEVELS, type Level, type PostgresOpsOptions } from './ops-settings.ts'
export { OpsError, type OpsErrorCode } from './ops-error.ts'
export type { Audit, AuditedCall } from './audit/audited-call.ts'
