import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Athena, openAthena } from 'athena-memory'
import { printAnswers } from './print-answers.ts'
import { readSections, type Section } from './read-sections.ts'
import { withProgress } from './with-progress.ts'

/** Things that a newcomer may ask, each of which one section of the documents answers. */
const QUESTIONS = [
  'Which environment variable chooses the database?',
  'Why is the lock asked for before a write begins?',
  'How do I add a table?',
]

const ROOT = resolve(import.meta.dirname, '../..')
/** Sections remembered in one transaction. */
const CHUNK = 50

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { keep: { type: 'string' } } })
  const folder = await mkdtemp(join(tmpdir(), 'athena-quickstart-'))
  const path = values.keep === undefined ? join(folder, 'memory.db') : fromCaller(values.keep)
  const athena = await openAthena({ database: `file:${path}`, project: 'quickstart', env: {} })
  try {
    await rememberDocuments(athena)
    for (const question of QUESTIONS) {
      printAnswers(question, await athena.recall(question, { limit: 3 }))
    }
    console.log(whatNext(values.keep === undefined ? undefined : path))
  } finally {
    await athena.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Package managers run scripts in the root of the package, and say where they were called. */
const fromCaller = (path: string): string => resolve(process.env['INIT_CWD'] ?? '.', path)

const rememberDocuments = async ({ semantic, projectId }: Athena): Promise<void> => {
  const sections = await readSections(ROOT)
  const project = await projectId()
  const title = `Remembering ${sections.length} sections of this repository's documents`
  await withProgress(title, sections.length, async (advance) => {
    for (let start = 0; start < sections.length; start += CHUNK) {
      const chunk = sections.slice(start, start + CHUNK)
      await semantic.rememberMany(chunk.map((section) => toMemory(section, project)))
      advance(chunk.length)
    }
  })
}

/** A memory of one section: what it says, and where it stands. */
const toMemory = ({ file, headings, text, position }: Section, projectId: string) => ({
  projectId,
  content: `${headings.join(' > ')}\n\n${text}`,
  source: headings.length > 0 ? `${file} > ${headings.at(-1)}` : file,
  groupId: file,
  position,
})

const whatNext = (kept: string | undefined): string =>
  kept === undefined
    ? `To keep this memory and go on with it:  npx -y pnpm@12 quickstart --keep memory.db`
    : `Kept. Go on with:  npx -y pnpm@12 --silent athena --db file:${relative(ROOT, kept)} --project quickstart recall "your question"`

await main()
