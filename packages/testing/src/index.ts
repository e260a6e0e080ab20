export { buildBundle } from './build-bundle.ts'
export { countStatements } from './count-statements.ts'
export { createTestClock, type TestClock } from './test-clock.ts'
export { backends, describeEachBackend, describeEachPostgres } from './describe-each-backend.ts'
export {
  connectPostgres,
  createEmptyPostgres,
  type EmptyPostgres,
  type PostgresLogin,
} from './empty-postgres.ts'
export { createPgliteDriver, openPglite } from './pglite-driver.ts'
export { runReadmeExample } from './run-readme-example.ts'
export { tablesWith } from './tables-with.ts'
export type { Backend, RawRow, TestDatabase } from './test-database.ts'
