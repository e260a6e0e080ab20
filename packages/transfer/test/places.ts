import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase, type OpenDatabase } from '@athena-memory/db-core'
import { onTestFinished } from 'vitest'
import { type Contents, readRows, tallyRows } from '../src/index.ts'

/** A folder that is there until the test ends. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'athena-transfer-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An empty libSQL database that is there until the test ends. */
export const openEmpty = async (): Promise<OpenDatabase> => {
  const path = join(temporaryFolder(), 'memory.db')
  const database = await openDatabase({ type: 'sqlite', path, tenantId: 'default' })
  onTestFinished(() => database.close())
  return database
}

/** What a database holds, in short. */
export const contentsOf = (database: Database): Promise<Contents> =>
  database.read((snapshot) => tallyRows(readRows(snapshot)))
