import { openPostgresOps } from '@athena-memory/postgres-ops'
import { createEmptyPostgres } from '@athena-memory/testing'
import { say } from '../say.ts'

/** How the guard is measured. */
export interface GuardOptions {
  /** How many statements are judged. */
  readonly n: number
  readonly json?: boolean
}

const STATEMENTS = [
  'select 1',
  'select kind, count(*) from memories group by kind order by 2 desc limit 10',
  `with recent as (select id, kind from memories order by created_at desc limit 100)
    select r.kind, m.content from recent r join memories m using (id) where m.importance > $1`,
  'select pg_sleep(10)',
  'delete from memories',
  "select date_trunc('day', created_at), count(*) filter (where importance > 0.5) from memories group by 1",
]

/** Prints how long judging a statement takes, on PostgreSQL of ATHENA_TEST_POSTGRES_URL. */
export const runGuard = async ({ n, json }: GuardOptions): Promise<void> => {
  const server = process.env['ATHENA_TEST_POSTGRES_URL']
  if (server === undefined) throw new Error('ATHENA_TEST_POSTGRES_URL must name a PostgreSQL')
  const database = await createEmptyPostgres(server)
  const { url } = await database.createLogin()
  const times = await judgeIn(url, n).finally(database.drop)
  times.sort((a, b) => a - b)
  const at = (share: number): number => Number((times[Math.floor(share * n)] ?? 0).toFixed(3))
  const figures = { statements: n, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) }
  const lines = Object.entries(figures).map(([name, value]) => `${name}: ${value}`)
  process.stdout.write(`${json ? JSON.stringify(figures) : lines.join('\n')}\n`)
}

/** How long each judgement takes, in ms. */
const judgeIn = async (url: string, n: number): Promise<number[]> => {
  const ops = await openPostgresOps({ url, level: 'query' })
  const times: number[] = []
  try {
    say(`judging ${n} statements`)
    for (let count = 0; count < n; count += 1) {
      const sql = STATEMENTS[count % STATEMENTS.length] ?? ''
      const startedAt = performance.now()
      await ops.judge({ tool: 'query', sql })
      times.push(performance.now() - startedAt)
    }
  } finally {
    await ops.close()
  }
  return times
}
