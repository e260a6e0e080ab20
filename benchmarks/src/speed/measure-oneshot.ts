import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openAthena } from 'athena-memory'
import { z } from 'zod'
import type { AddressedConfig } from '../databases/bench-config.ts'
import { percentile } from '../metrics/percentile.ts'
import { say } from '../say.ts'
import { createWorld } from '../world/world.ts'
import type { OneshotFigures, Size } from './figures.ts'
import { LARGE_PROJECT } from './stores.ts'

/** Of so many runs the middle one counts. */
const RUNS = 5

const run = promisify(execFile)

/** An answer of nothing would be no measure. */
const recalled = z.object({ results: z.array(z.unknown()).min(1) })

/**
 * Measures `athena recall` as a shell runs it, from the start of its process to the end, on a filled
 * file. The file is embedded anew by the default embedder, which is the one that the command asks.
 */
export const measureOneshot = async (
  { path, tenantId }: Extract<AddressedConfig, { type: 'sqlite' }>,
  { n, dim }: Size,
): Promise<OneshotFigures> => {
  const program = findProgram()
  if (program === undefined) {
    say('oneshot_ms is left out: apps/cli/dist is missing, which "pnpm build" makes')
    return {}
  }
  say('libsql: embedding anew for the command line')
  const env = { ...withoutSettings(process.env), ATHENA_TENANT_ID: tenantId }
  const database = `file:${path}`
  const athena = await openAthena({ database, env })
  await athena.documents.embedPending({ limit: Infinity })
  await athena.close()

  const times: number[] = []
  for (const { text } of createWorld(dim).questions(RUNS, n)) {
    const args = [program, '--db', database, '--project', LARGE_PROJECT, '--json', 'recall', text]
    const startedAt = performance.now()
    const { stdout } = await run(process.execPath, args, { env })
    times.push(performance.now() - startedAt)
    recalled.parse(JSON.parse(stdout))
  }
  return { oneshot_ms: percentile(times, 50) }
}

/** The program stands in `benchmarks/dist`, or a folder below. */
const findProgram = (): string | undefined =>
  ['../../apps/cli/dist/athena.js', '../../../apps/cli/dist/athena.js']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path))

const withoutSettings = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('ATHENA_')))
