import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SAMPLE, toFloats, toLines, withData } from './sample-data.ts'

const ROOT = join(import.meta.dirname, '..')
const run = promisify(execFile)

const bench = (args: readonly string[], program = join(ROOT, 'dist')) =>
  run(process.execPath, [join(program, 'bench.js'), ...args], {
    env: { ...process.env, ATHENA_TEST_POSTGRES_URL: '', ATHENA_EMBEDDER: '' },
  })

const scan = z.strictObject({
  results: z.array(
    z.strictObject({
      codes: z.int(),
      dim: z.int(),
      p50: z.number().positive(),
      p95: z.number().positive(),
      mb: z.int(),
    }),
  ),
})

const share = z.number().min(0).max(1)

const speed = z.strictObject({
  results: z.array(
    z.strictObject({
      database: z.string(),
      n: z.literal(20),
      dim: z.literal(32),
      insert_batch_rows_s: z.number().positive(),
      insert_single_ms_p50: z.number().positive(),
      insert_text_ms_p50: z.number().positive().optional(),
      vector_ms_p50: z.number().positive(),
      vector_recall10: share,
      text_ms_p50: z.number().positive(),
      hybrid_ms_p50: z.number().positive(),
      hybrid_ms_p95: z.number().positive(),
      disk_mb: z.number().positive().optional(),
      rss_mb: z.number().positive(),
      rss_over_empty_mb: z.number().positive(),
      cold_start_ms: z.number().positive(),
      // Only where the command line is built.
      oneshot_ms: z.number().positive().optional(),
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

const report = z.strictObject({
  overall: quality,
  categories: z.record(
    z.string(),
    quality.partial().extend({ questions: z.int(), counted: z.boolean(), unanswered: z.int() }),
  ),
})

const retrieval = report.extend({
  floorCostAtMost: share,
  halves: z.strictObject({ even: report, odd: report }).optional(),
  arms: z.strictObject({ text: report, vector: report }).optional(),
  config: z.looseObject({ database: z.string(), memories: z.int(), embedded: z.int() }),
})

const askSample = async (files: Parameters<typeof withData>[0], flags: readonly string[]) => {
  const { stdout } = await withData(files, (data) =>
    bench(['retrieval', '--data', data, '--json', ...flags]),
  )
  return retrieval.parse(JSON.parse(stdout))
}

describe('the benchmark program', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'athena-bench-'))
    await run(process.execPath, ['build.js'], { cwd: ROOT })
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('measures the named database and peers, and leaves nothing beside it', async () => {
    const url = `file:${join(folder, 'memory.db')}`
    const flags = ['--n', '20', '--dim', '32', '--database', url, '--peers', 'sqlite-vec']
    const { stdout } = await bench(['speed', ...flags, '--json'])
    const { results } = speed.parse(JSON.parse(stdout))
    expect(results.map(({ database }) => database)).toEqual(['libsql', 'sqlite-vec'])
    expect(await readdir(folder)).toEqual([])
  })

  it('scans codes of several numbers', async () => {
    const { stdout } = await bench(['scan', '--n', '10,300', '--dim', '33', '--json'])
    const { results } = scan.parse(JSON.parse(stdout))
    expect(results.map(({ codes, dim }) => [codes, dim])).toEqual([
      [10, 33],
      [300, 33],
    ])
    const table = await bench(['scan', '--n', '10,300'])
    expect(table.stdout).toContain('over their number')
  })

  it('names peers that are not installed, and measures nothing', async () => {
    // Outside the repository no package can be found.
    const program = join(folder, 'dist')
    await cp(join(ROOT, 'dist'), program, { recursive: true })
    const failure = bench(['speed', '--peers', 'orama,lancedb'], program)
    await expect(failure).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^orama .*@orama\/orama.*install.*\nlancedb .*\n$/),
    })
    await rm(program, { recursive: true })
  })

  it('finds the evidence in a small data set, and says what it ran with', async () => {
    const { overall, categories, halves, config } = await askSample(SAMPLE, ['--split'])
    expect(overall['recall@20']).toBe(1)
    expect(categories['abstention']).toEqual({ questions: 1, counted: false, unanswered: 1 })
    expect(Object.keys(halves?.odd.categories ?? {})).toEqual([
      'abstention',
      'information_extraction',
    ])
    // Two turns of the same words are one memory.
    expect(config).toMatchObject({ database: 'libsql', memories: 6, embedded: 6, depth: 20 })
  })

  it('finds as much on PGlite', async () => {
    const [libsql, pglite] = [await askSample(SAMPLE, []), await askSample(SAMPLE, ['--pglite'])]
    expect(pglite.config.database).toBe('pglite')
    expect(pglite.overall).toEqual(libsql.overall)
  })

  it('finds it in one project of all conversations too', async () => {
    const said = SAMPLE['memories.jsonl'].replace('Noted: deployments on Fridays.', 'Wonderful.')
    const files = { ...SAMPLE, 'memories.jsonl': said }
    const { overall, config } = await askSample(files, ['--one-project'])
    expect(overall['recall@20']).toBe(1)
    // Now they are one across conversations.
    expect(config).toMatchObject({ oneProject: true, memories: 5 })
  })

  it('prints a table for people', async () => {
    const { stdout } = await withData(SAMPLE, (data) =>
      bench(['retrieval', '--data', data, '--split']),
    )
    expect(stdout).toMatch(/│ overall .*│ \(abstention\) .*│ odd places /s)
    expect(stdout).toContain('the relevance floor costs at most 0 of recall@10')
  })

  it('uses given vectors, and measures text and vectors alone beside', async () => {
    const { overall, arms, config } = await askSample(VECTORS, ['--embeddings'])
    expect(config).toMatchObject({
      memories: 3,
      embedded: 3,
      embedder: { dimensions: 4, kind: 'semantic' },
    })
    expect(arms?.text.overall['recall@10']).toBe(0.5)
    expect(arms?.vector.overall['recall@1']).toBe(1)
    expect(overall['recall@10']).toBe(1)
  })

  it('fails where vectors alone find what the hybrid search does not', async () => {
    const far = [...TURN_VECTORS, [0, 0, 1, 0], [0, 0.2, 0, 0.98]]
    const files = { ...VECTORS, 'embeddings.f32': toFloats(far) }
    await expect(askSample(files, ['--embeddings', 'lexical'])).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('"kind":"lexical"'),
      stderr: expect.stringContaining('hybrid recall@10 is 0.5, below vector alone (1)'),
    })
  })

  it('says what is wrong with what it was given', async () => {
    await expect(bench(['speed', '--n', '10,0'])).rejects.toThrow(/whole number from 1/)
    await expect(bench(['speed', '--peers', 'oracle'])).rejects.toThrow(/among sqlite-vec/)
    await expect(bench(['retrieval', '--data', folder])).rejects.toThrow(/memories\.jsonl/)
    const wrong = ['speed', '--database', 'mysql://x']
    await expect(bench(wrong)).rejects.toThrow(/--database must start with file: or postgres/)
    await expect(askSample(SAMPLE, ['--embeddings'])).rejects.toThrow(/embeddings\.f32/)
  })
})

const TURN_VECTORS = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
]

/** Sessions of one turn; the last is long enough to be embedded in pieces, the second shares no word. */
const VECTORS = {
  'memories.jsonl': toLines(
    [
      'The boiler was repaired on Friday.',
      'Ana plays chess.',
      'Key sk-live-4eC39HqLyjWDarjtT1zdp7dc opens it. The tulips are planted in rows. '.repeat(60),
    ].map((text, session) => ({
      conversation: 'only',
      session,
      dia_id: String(session),
      speaker: 'Ben',
      datetime: '2025-03-01T10:15',
      text,
    })),
  ),
  'questions.jsonl': toLines(
    [
      ['Where are tulips planted?', '2'],
      ['Who repaired the boiler?', '1'],
    ].map(([question, evidence], index) => ({
      id: `q${index}`,
      conversation: 'only',
      question,
      category: 'single-hop',
      evidence: [evidence],
    })),
  ),
  'embeddings.f32': toFloats([...TURN_VECTORS, [0, 0, 1, 0], [0, 1, 0, 0]]),
}
