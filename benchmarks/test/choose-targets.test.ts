import { expect, it } from 'vitest'
import { chooseTargets } from '../src/databases/choose-targets.ts'
import { temporaryLibsql, temporaryPglite } from '../src/databases/targets.ts'

const env = { ATHENA_TEST_POSTGRES_URL: 'postgres://localhost/athena' }

it('libSQL is measured where nothing else is asked for, PGlite only on demand', () => {
  expect(chooseTargets({ env: {} })).toEqual([temporaryLibsql])
  expect(chooseTargets({ env: {}, pglite: true })).toEqual([temporaryLibsql, temporaryPglite])
})

it('PostgreSQL is measured where a server is known, and nothing but the database that is named', () => {
  expect(chooseTargets({ env })).toHaveLength(2)
  expect(chooseTargets({ env, pglite: true })).toHaveLength(3)
  expect(chooseTargets({ env, pglite: true, database: 'file:memory.db' })).toHaveLength(1)
})
