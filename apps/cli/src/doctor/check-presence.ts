import { stat } from 'node:fs/promises'
import { tenantPath } from '@athena-memory/db-core'
import type { DatabaseConfig } from 'athena-memory'
import type { Check } from './check.ts'

type FileConfig = Extract<DatabaseConfig, { type: 'sqlite' }>

/** What to tell where a database file is not there: opening it would make it. Undefined where it is. */
export const checkPresence = async (config: FileConfig): Promise<Check[] | undefined> => {
  const path = tenantPath(config)
  if (!(await isMissing(path))) return undefined
  const advice = 'check the path; athena migrate makes the file, as does the first memory'
  return [{ name: 'database', status: 'warn', detail: `no file is at ${path}`, advice }]
}

// A path that cannot be looked at is no missing file: opening it says what is wrong.
const isMissing = (path: string): Promise<boolean> =>
  stat(path).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  )
