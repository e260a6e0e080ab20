import { checkBytes } from './check-bytes.ts'
import { checkNesting, isComment, type Token } from './check-nesting.ts'
import { listOf, fieldsOf, nodeOf, type Fields } from './tree-value.ts'

interface Parser {
  parseSync(sql: string): unknown
  scanSync(sql: string): { readonly tokens: readonly Token[] }
}

/** One statement that the grammar of PostgreSQL accepts. */
export interface Statement {
  readonly kind: string
  readonly fields: Fields
  /** The whole node, as the walk wants it. */
  readonly root: unknown
  readonly tokens: readonly Token[]
  /** What was parsed, and therefore what is run: the text with spaces for comments. */
  readonly sql: string
}

/** The statement, or why there is none to speak of. */
export type Parsed =
  | { readonly statement: Statement }
  | { readonly refusal: string; readonly tokens?: readonly Token[] }

let parser: Promise<Parser> | undefined

/** The grammar of PostgreSQL, loaded when it is first asked for: it takes a fifth of a second. */
export const loadParser = (): Promise<Parser> => {
  parser ??= import('libpg-query').then(async (module) => {
    await module.loadModule()
    return module
  })
  return parser
}

/** Reads exactly one statement; whatever is not that is refused. Parses nothing twice. */
export const parseStatement = ({ parseSync, scanSync }: Parser, sql: string): Parsed => {
  const refusal = checkBytes(sql)
  if (refusal !== undefined) return { refusal }
  if (sql.trim() === '') return { refusal: 'there is no statement' }
  const tokens = attempt(() => scanSync(sql).tokens)
  if (tokens === undefined) return { refusal: 'PostgreSQL cannot read the statement' }
  const nesting = checkNesting(tokens)
  if (nesting !== undefined) return { refusal: nesting, tokens }
  const bare = withoutComments(sql, tokens)
  const tree = attempt(() => parseSync(bare))
  if (tree === undefined) return { refusal: 'PostgreSQL cannot parse the statement', tokens }
  return onlyStatement(tree, bare, tokens)
}

/** Comments mean nothing to PostgreSQL; libpg-query trips over one within NOT IN or NULLS LAST. */
const withoutComments = (sql: string, tokens: readonly Token[]): string => {
  const bytes = Buffer.from(sql)
  for (const token of tokens.filter(isComment)) bytes.fill(' ', token.start, token.end)
  return bytes.toString()
}

// What the parser says may repeat what was written, and a failure of any kind is a refusal.
const attempt = <Result>(read: () => Result): Result | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}

const onlyStatement = (tree: unknown, sql: string, tokens: readonly Token[]): Parsed => {
  const statements = listOf(fieldsOf(tree)['stmts'])
  if (statements.length !== 1) {
    return { refusal: `expected one statement, found ${statements.length}`, tokens }
  }
  const root = fieldsOf(statements[0])['stmt']
  const { kind, fields } = nodeOf(root)
  if (kind === '') return { refusal: 'the statement is of an unknown kind', tokens }
  return { statement: { kind, fields, root, tokens, sql } }
}
