import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, loadConfig, parseDatabaseUrl } from '../src/index.ts'

const postgres = {
  type: 'postgres',
  tenantId: 'default',
  minSize: 2,
  maxSize: 10,
  statementTimeoutMs: 30_000,
  lockTimeoutMs: 10_000,
}

describe('loadConfig', () => {
  it('opens a file in the home directory where nothing is set', () => {
    const path = join(homedir(), '.athena', 'memory.db')
    expect(loadConfig({})).toEqual({ type: 'sqlite', path, tenantId: 'default' })
    expect(loadConfig({ ATHENA_DB_PATH: ' ', ATHENA_DATABASE_URL: '' })).toMatchObject({ path })
  })

  it('makes the path of the file absolute', () => {
    expect(loadConfig({ ATHENA_DB_PATH: './a b.db' })).toMatchObject({ path: resolve('a b.db') })
  })

  it('lets the address decide, then the type, then the host', () => {
    const host = { ATHENA_POSTGRES_HOST: 'db' }
    const type = { ...host, ATHENA_DB_TYPE: 'sqlite' }
    const url = { ...type, ATHENA_DATABASE_URL: 'postgres://u@h/d' }
    expect(loadConfig(host)).toMatchObject({ url: 'postgres://athena@db:5432/athena' })
    expect(loadConfig(type)).toMatchObject({ type: 'sqlite' })
    expect(loadConfig(url)).toMatchObject({ url: 'postgres://u@h/d' })
    expect(loadConfig({ ATHENA_DB_TYPE: 'postgres' })).toMatchObject({
      url: expect.stringContaining('@localhost:5432/athena'),
    })
  })

  it('puts the parts of a PostgreSQL address together, whatever they hold', () => {
    const config = loadConfig({
      ATHENA_POSTGRES_HOST: 'db.example.org',
      ATHENA_POSTGRES_PORT: '6432',
      ATHENA_POSTGRES_DBNAME: 'memory',
      ATHENA_POSTGRES_USER: 'me@work',
      ATHENA_POSTGRES_PASSWORD: 'p@ss/w:rd?#',
    })
    if (config.type !== 'postgres') throw new Error('not PostgreSQL')
    const url = new URL(config.url)
    expect([url.hostname, url.port, url.pathname]).toEqual(['db.example.org', '6432', '/memory'])
    expect([url.username, url.password].map(decodeURIComponent)).toEqual(['me@work', 'p@ss/w:rd?#'])
    expect(loadConfig({ ATHENA_POSTGRES_HOST: '::1' })).toMatchObject({
      url: expect.stringContaining('@[::1]:5432/'),
    })
  })

  it('reads every other setting of PostgreSQL', () => {
    const config = loadConfig({
      ATHENA_DATABASE_URL: 'postgresql://u:p@h/d',
      ATHENA_POSTGRES_OWNER_URL: 'postgres://owner@h/d',
      ATHENA_POSTGRES_ROLE: 'athena_app',
      ATHENA_POSTGRES_MIN_SIZE: '3',
      ATHENA_POSTGRES_MAX_SIZE: '30',
      ATHENA_TENANT_ID: 'Acme-1_x',
      ATHENA_DB_FALLBACK: 'sqlite',
      ATHENA_DB_PATH: '/fallback.db',
    })
    expect(config).toEqual({
      ...postgres,
      url: 'postgresql://u:p@h/d',
      ownerUrl: 'postgres://owner@h/d',
      role: 'athena_app',
      tenantId: 'Acme-1_x',
      minSize: 3,
      maxSize: 30,
      fallback: { type: 'sqlite', path: '/fallback.db', tenantId: 'Acme-1_x' },
    })
  })

  it('keeps no more connections open than there may be', () => {
    expect(loadConfig({ ATHENA_DB_TYPE: 'postgres', ATHENA_POSTGRES_MAX_SIZE: '1' })).toMatchObject(
      { minSize: 1, maxSize: 1 },
    )
  })

  it.each([
    ['ATHENA_DATABASE_URL', 'mysql://h/d', 'file: or postgres://'],
    ['ATHENA_DATABASE_URL', 'file:', 'must name a file'],
    ['ATHENA_DATABASE_URL', 'file::memory:', 'must name a file'],
    ['ATHENA_DATABASE_URL', 'file:a.db?mode=ro', 'must name a file'],
    ['ATHENA_DATABASE_URL', 'postgres://h:port/d', 'must look like postgres://'],
    ['ATHENA_DB_TYPE', 'mysql', 'must be sqlite or postgres'],
    ['ATHENA_POSTGRES_HOST', 'two hosts', 'must be a host name'],
    ['ATHENA_POSTGRES_HOST', 'host:5432', 'must be a host name'],
    ['ATHENA_POSTGRES_PORT', '0', 'from 1 to 65535'],
    ['ATHENA_POSTGRES_PORT', '5432x', 'from 1 to 65535'],
    ['ATHENA_POSTGRES_MIN_SIZE', '11', 'from 1 to 10'],
    ['ATHENA_POSTGRES_MAX_SIZE', '1.5', 'from 1 to 1000'],
    ['ATHENA_POSTGRES_OWNER_URL', 'owner', 'must look like postgres://'],
    ['ATHENA_DB_FALLBACK', 'yes', 'must be sqlite'],
    ['ATHENA_TENANT_ID', '../other', 'letters, digits'],
    ['ATHENA_TENANT_ID', 'x'.repeat(64), 'letters, digits'],
  ])('refuses %s=%s by its name', (variable, value, expected) => {
    const host = { ATHENA_POSTGRES_HOST: 'h' }
    const load = () => loadConfig({ ...host, [variable]: value })
    expect(load).toThrow(ConfigError)
    expect(load).toThrow(expect.objectContaining({ variable, name: 'ConfigError' }))
    expect(load).toThrow(new RegExp(`^${variable} .*${expected}`))
  })
})

describe('parseDatabaseUrl', () => {
  it('reads files in both spellings', () => {
    expect(parseDatabaseUrl('file:./a%20b.db', {})).toMatchObject({ path: resolve('a%20b.db') })
    expect(parseDatabaseUrl('file:///tmp/a%20b.db', {})).toMatchObject({ path: '/tmp/a b.db' })
  })

  it('calls the address in an error what its caller calls it, and does not repeat it', () => {
    const parse = () => parseDatabaseUrl('postgres://u:secret@h:x/d', {}, '--db')
    expect(parse).toThrow('--db must look like postgres://user:password@host:5432/database')
    expect(parse).not.toThrow('secret')
  })
})
