import type { Athena, MemoryStatus } from 'athena-memory'
import { checkFile } from './check-file.ts'
import type { Check } from './check.ts'

type OpenDatabase = Athena['database']
type DatabaseHealth = MemoryStatus['database']

/** Everything about an open database. */
export const checkDatabase = async (database: OpenDatabase): Promise<Check[]> => {
  const health = await database.health()
  if (health.status === 'unavailable') return [checkConnection(health, database.location)]
  return [
    checkConnection(health, database.location),
    ...checkWarnings(health),
    ...(await checkIntegrity(database)),
    ...(database.dialect === 'sqlite' ? await checkFile(database.location) : []),
  ]
}

const checkConnection = (health: DatabaseHealth, location: string): Check => {
  const { status, version = '', latencyMs = 0, warnings } = health
  if (status !== 'unavailable') {
    const detail = `${version} at ${location}, ${latencyMs.toFixed(1)} ms`
    return { name: 'database', status: 'pass', detail }
  }
  return { name: 'database', status: 'fail', detail: warnings.join(' '), advice: 'see the server' }
}

/** What the database watches by itself. It warns in a sentence: `what is wrong; what to do`. */
interface Concern {
  readonly name: string
  readonly isMeant: (warning: string) => boolean
  /** How bad it is. */
  readonly status: 'warn' | 'fail'
  /** What is told where all is well; not checked where undefined. */
  readonly wellness: (health: DatabaseHealth) => string | undefined
}

const concerns: readonly Concern[] = [
  {
    name: 'migrations',
    isMeant: (warning) => warning.includes('migrations are pending'),
    status: 'warn',
    wellness: ({ migrations }) => `${migrations?.applied ?? 0} applied, none pending`,
  },
  {
    name: 'role',
    isMeant: (warning) => warning.startsWith('this role'),
    status: 'fail',
    wellness: ({ dialect }) =>
      dialect === 'postgres' ? 'owns nothing, row level security holds' : undefined,
  },
  {
    name: 'pgvector',
    isMeant: (warning) => warning.startsWith('pgvector'),
    status: 'warn',
    wellness: ({ pgvectorVersion }) => pgvectorVersion,
  },
  {
    name: 'fallback',
    isMeant: (warning) => warning.includes('ATHENA_DB_FALLBACK'),
    status: 'warn',
    wellness: () => 'not in use',
  },
]

const checkWarnings = (health: DatabaseHealth): Check[] => {
  const known = concerns.flatMap((concern) => checkConcern(concern, health))
  const others = health.warnings.filter(
    (warning) => !concerns.some(({ isMeant }) => isMeant(warning)),
  )
  return [...known, ...others.map((warning) => toCheck('database', 'warn', warning))]
}

const checkConcern = (
  { name, isMeant, status, wellness }: Concern,
  health: DatabaseHealth,
): Check[] => {
  const warnings = health.warnings.filter(isMeant)
  if (warnings.length > 0) return warnings.map((warning) => toCheck(name, status, warning))
  const detail = wellness(health)
  return detail === undefined ? [] : [{ name, status: 'pass', detail }]
}

const toCheck = (name: string, status: Check['status'], warning: string): Check => {
  const [detail = '', ...advice] = warning.split('; ')
  return { name, status, detail, ...(advice.length > 0 && { advice: advice.join('; ') }) }
}

const checkIntegrity = async ({ integrityCheck }: OpenDatabase): Promise<Check[]> => {
  const damage = await integrityCheck?.()
  if (damage === undefined) return []
  if (damage.length === 0) return [{ name: 'integrity', status: 'pass', detail: 'sound' }]
  const advice = 'stop writing and restore a backup: athena restore FILE'
  return [{ name: 'integrity', status: 'fail', detail: `${damage.length} faults`, advice }]
}
