import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SAMPLE, withData } from './sample-data.ts'

const ROOT = join(import.meta.dirname, '..')
const run = promisify(execFile)

const bench = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  run(process.execPath, [join(ROOT, 'dist', 'bench.js'), ...args], {
    env: { ...process.env, ATHENA_TEST_POSTGRES_URL: '', ATHENA_EMBEDDER: '', ...env },
  })

const share = z.number().min(0).max(1)

const speed = z.strictObject({
  results: z.array(
    z.strictObject({
      database: z.enum(['libsql', 'pglite', 'postgres']),
      n: z.literal(60),
      dim: z.literal(32),
      insert_batch_rows_s: z.number().positive(),
      insert_single_ms_p50: z.number().positive(),
      vector_ms_p50: z.number().positive(),
      vector_recall10: share,
      text_ms_p50: z.number().positive(),
      hybrid_ms_p50: z.number().positive(),
      hybrid_ms_p95: z.number().positive(),
      disk_mb: z.number().positive(),
      rss_mb: z.number().positive(),
      cold_start_ms: z.number().positive(),
    }),
  ),
})

const quality = z.strictObject({
  'recall@1': share,
  'recall@5': share,
  'recall@10': share,
  'recall@20': share,
  'ndcg@10': share,
  mrr: share,
})

const retrieval = z.strictObject({
  overall: quality,
  categories: z.record(
    z.string(),
    quality.partial().extend({ questions: z.int(), counted: z.boolean(), unanswered: z.int() }),
  ),
  config: z.looseObject({ database: z.string(), memories: z.int(), embedded: z.int() }),
})

describe('the benchmark program', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'athena-bench-'))
    await run(process.execPath, ['build.js'], { cwd: ROOT })
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('measures databases of its own where none is named', async () => {
    const { stdout } = await bench(['speed', '--n', '60', '--dim', '32', '--json'])
    const { results } = speed.parse(JSON.parse(stdout))
    expect(results.map(({ database }) => database)).toEqual(['libsql', 'pglite'])
  }, 300_000)

  it('measures the named database and leaves nothing beside it', async () => {
    const url = `file:${join(folder, 'memory.db')}`
    const { stdout } = await bench([
      'speed',
      '--n',
      '60',
      '--dim',
      '32',
      '--database',
      url,
      '--json',
    ])
    expect(speed.parse(JSON.parse(stdout)).results).toHaveLength(1)
    expect(await readdir(folder)).toEqual([])
  }, 120_000)

  it('finds the evidence in a small data set, and says what it ran with', async () => {
    const { stdout } = await withData(SAMPLE, (data) =>
      bench(['retrieval', '--data', data, '--json']),
    )
    const { overall, categories, config } = retrieval.parse(JSON.parse(stdout))
    expect(overall['recall@20']).toBe(1)
    expect(categories['abstention']).toEqual({ questions: 1, counted: false, unanswered: 1 })
    // Two turns of the same words are one memory.
    expect(config).toMatchObject({ database: 'libsql', memories: 6, embedded: 6, depth: 20 })
  }, 120_000)

  it('prints a table for people', async () => {
    const { stdout } = await withData(SAMPLE, (data) => bench(['retrieval', '--data', data]))
    expect(stdout).toContain('│ overall')
    expect(stdout).toContain('│ (abstention)')
  }, 120_000)

  it('says what is wrong with what it was given', async () => {
    await expect(bench(['speed', '--n', '0'])).rejects.toThrow(/whole number from 1/)
    await expect(bench(['retrieval', '--data', folder])).rejects.toThrow(/memories\.jsonl/)
    const wrong = ['speed', '--database', 'mysql://x']
    await expect(bench(wrong)).rejects.toThrow(/--database must start with file: or postgres/)
  }, 120_000)
})
