import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createProjectStore } from '@athena-memory/stores-projects'
import { createEmptyPostgres } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { type AddressedConfig, parseBenchUrl } from '../src/databases/bench-config.ts'
import { eraseTenant } from '../src/databases/erase-tenant.ts'
import { openBenchDatabase } from '../src/databases/open-bench-database.ts'

const server = process.env['ATHENA_TEST_POSTGRES_URL']

const createProject = async (config: AddressedConfig) => {
  const database = await openBenchDatabase(config)
  await createProjectStore(database).create({ name: 'kept or erased' })
  await database.close()
}

const countProjects = async (config: AddressedConfig): Promise<number> => {
  const database = await openBenchDatabase(config)
  const { projects } = await createProjectStore(database).list()
  await database.close()
  return projects.length
}

it('erases the file of its tenant and leaves that of the database alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'athena-erase-'))
  const url = `file:${join(folder, 'memory.db')}`
  const owner = parseBenchUrl(url, 'default', {})
  const benchmark = parseBenchUrl(url, 'benchmark-1', {})
  await createProject(owner)
  await createProject(benchmark)
  expect(existsSync(join(folder, 'memory.benchmark-1.db'))).toBe(true)
  await eraseTenant(benchmark)
  const left = await readdir(folder)
  expect(left.filter((name) => name.includes('benchmark'))).toEqual([])
  expect(await countProjects(owner)).toBe(1)
  await rm(folder, { recursive: true })
})

it.runIf(server)('erases the rows of its tenant and no others', async () => {
  const { url, drop } = await createEmptyPostgres(server ?? '')
  const owner = parseBenchUrl(url, 'default', {})
  const benchmark = parseBenchUrl(url, 'benchmark-1', {})
  await createProject(owner)
  await createProject(benchmark)
  await eraseTenant(benchmark)
  expect([await countProjects(benchmark), await countProjects(owner)]).toEqual([0, 1])
  await drop()
})
