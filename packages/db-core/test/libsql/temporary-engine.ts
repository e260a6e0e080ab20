import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import {
  type LibsqlEngine,
  type LibsqlOptions,
  openLibsqlEngine,
} from '../../src/libsql/open-libsql-engine.ts'

/** A directory that is removed when the test ends. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'athena-engine-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An engine on `path`, closed when the test ends. */
export const openEngine = async (options: LibsqlOptions): Promise<LibsqlEngine> => {
  const engine = await openLibsqlEngine(options)
  onTestFinished(() => engine.close())
  return engine
}

/** An engine on a new file with a table `notes (id, body)`. */
export const openNotes = async (
  options: Partial<LibsqlOptions> = {},
): Promise<LibsqlEngine & { path: string }> => {
  const path = options.path ?? join(temporaryFolder(), 'memory.db')
  const engine = await openEngine({ ...options, path })
  await engine.execute('create table notes (id integer primary key, body text not null)', [])
  return { ...engine, path }
}

/** Writes one note. */
export const addNote = (engine: Pick<LibsqlEngine, 'execute'>, id: number) =>
  engine.execute('insert into notes (id, body) values (?, ?)', [id, `note ${id}`])

/** The ids of all notes, ascending. */
export const noteIds = async (engine: Pick<LibsqlEngine, 'execute'>): Promise<unknown[]> =>
  (await engine.execute('select id from notes order by id', [])).map(([id]) => id)
