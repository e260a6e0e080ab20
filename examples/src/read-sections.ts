import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { marked, type Token } from 'marked'

/** One section of a Markdown file: what stands under a heading, up to the next one. */
export interface Section {
  /** The file, relative to the folder that was read, with `/` between segments. */
  readonly file: string
  /** The headings that lead to it, outermost first. */
  readonly headings: readonly string[]
  readonly text: string
  /** Its place in the file, from 0. */
  readonly position: number
}

const SKIPPED = new Set(['node_modules', 'dist', '.git', '.changeset'])

/** The sections of all Markdown files under a folder, file by file in the order of their paths. */
export const readSections = async (folder: string): Promise<Section[]> => {
  const files = await markdownFiles(folder)
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  return files.flatMap((file, index) => sectionsOf(file, texts[index] ?? ''))
}

const markdownFiles = async (root: string, folder = root): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : markdownFiles(root, path)
      return entry.name.endsWith('.md') ? [relative(root, path).replaceAll('\\', '/')] : []
    }),
  )
  return found.flat().toSorted()
}

/** Splits one Markdown text; a section without text of its own is left out. */
export const sectionsOf = (file: string, markdown: string): Section[] => {
  const sections: { headings: string[]; parts: string[] }[] = [{ headings: [], parts: [] }]
  for (const token of marked.lexer(markdown)) {
    if (isHeading(token)) {
      const parents = sections.at(-1)?.headings.slice(0, token.depth - 1) ?? []
      sections.push({ headings: [...parents, token.text], parts: [] })
    } else {
      sections.at(-1)?.parts.push(token.raw)
    }
  }
  return sections
    .map(({ headings, parts }) => ({ headings, text: parts.join('').trim() }))
    .filter(({ text }) => text !== '')
    .map((section, position) => ({ ...section, file, position }))
}

const isHeading = (token: Token): token is Token & { depth: number; text: string } =>
  token.type === 'heading'
