import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasSecondStatement, isRead } from '../../src/libsql/statement-kind.ts'

const reads = [
  'select 1',
  'SELECT "update" from t',
  'values (1), (2)',
  'explain insert into t values (1)',
  'with a as (select 1) select * from a',
  `with a as (select 'delete; insert' as "replace" /* update */) select * from a -- insert`,
  'with a as (select [insert] from `update`) select updated_at, last_insert from a',
]

const writes = [
  'insert into t values (1)',
  'insert into t select * from u returning id',
  'update t set a = 1',
  'delete from t',
  'replace into t values (1)',
  'with a as (select 1) insert into t select * from a',
  `WITH a AS (SELECT 'it''s') Update t SET a = 1`,
  'with a as (select 1) delete from t returning *',
  'with a as (select 1) replace into t select * from a',
  '/* select */ insert into t values (1)',
  '-- select\ninsert into t values (1)',
  'pragma user_version = 3',
  'create table selects (id)',
  'drop table t',
  'savepoint a',
  'vacuum',
  'selected',
  '',
]

const noise = fc
  .array(fc.constantFrom(' ', '\n', '\t', '/* insert; */', '-- select\n', '/**/', "/* it's */"))
  .map((parts) => parts.join(''))

describe('isRead', () => {
  it.each(reads)('is true of %s', (sql) => expect(isRead(sql)).toBe(true))
  it.each(writes)('is false of %s', (sql) => expect(isRead(sql)).toBe(false))

  it('does not depend on case, spaces or comments', () => {
    fc.assert(
      fc.property(fc.constantFrom(...reads, ...writes), noise, noise, (sql, before, after) => {
        expect(isRead(`${before}${sql}\n${after}`)).toBe(isRead(sql))
        expect(isRead(`${before}${sql.toUpperCase()}`)).toBe(isRead(sql))
      }),
    )
  })

  it.each([
    ["'", false],
    ['/*', true],
    ['"', false],
    ['[', true],
    ['--', true],
    [';', false],
    ['?', false],
    ['with ', false],
  ])('takes time in proportion to the text, whatever it is: %s', (part, expected) => {
    const sql = `with ${part.repeat(200_000)} insert`
    expect(isRead(sql)).toBe(expected)
    expect(hasSecondStatement(sql)).toBe(part === ';')
  })
})

describe('hasSecondStatement', () => {
  it.each([
    'select 1; select 2',
    'insert into t values (1);\n-- and\ninsert into t values (2)',
    "select ';'; delete from t",
  ])('is true of %s', (sql) => expect(hasSecondStatement(sql)).toBe(true))

  it.each([
    'select 1',
    'select 1;',
    'select 1; -- done; really\n ; ',
    `insert into t values ('a; b', "c; d") /* e; f */`,
    'create trigger a after insert on t begin delete from u; delete from v; end',
    'CREATE TEMPORARY TRIGGER a after insert on t begin delete from u; end;',
  ])('is false of %s', (sql) => expect(hasSecondStatement(sql)).toBe(false))
})
