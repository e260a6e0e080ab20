export { createTestClock, type TestClock } from './test-clock.ts'
export { backends, describeEachBackend, describeEachPostgres } from './describe-each-backend.ts'
export { createPgliteDriver, openPglite } from './pglite-driver.ts'
export type { Backend, RawRow, TestDatabase } from './test-database.ts'
