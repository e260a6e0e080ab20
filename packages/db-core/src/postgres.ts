export { migratePostgres, openPostgres, postgresDatabase } from './postgres/open-postgres.ts'
export type { PostgresDriver } from './postgres/postgres-driver.ts'
export { createPostgresEngine, type PostgresEngine } from './postgres/postgres-engine.ts'
