import { scanSync, parseSync } from 'libpg-query'

/** A source of chance that repeats itself. */
export type Chance = (below: number) => number

/** Numbers that look random and are the same for the same seed (mulberry32). */
export const createChance = (seed: number): Chance => {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const SPACES = [
  ' ',
  '\n',
  '\t',
  '\r\n',
  ' \f ',
  '  ',
  '/**/',
  '/* x; */',
  '/* a /* b */ c */',
  '-- y\n',
  "/* ' */",
  '/* $$ */',
]
const pick = <Item>(chance: Chance, items: readonly [Item, ...Item[]] | readonly Item[]): Item => {
  const item = items[chance(items.length)]
  if (item === undefined) throw new Error('There is nothing to pick from.')
  return item
}

/** The same statement, written otherwise: a variant means what the statement means. */
export const varyStatement = (sql: string, chance: Chance): string =>
  rewriteTokens(chance(3) === 0 ? nest(sql, chance) : sql, chance)

const rewriteTokens = (sql: string, chance: Chance): string => {
  const tokens = attempt(() => scanSync(sql).tokens) ?? []
  const bytes = Buffer.from(sql)
  // What the lexer refuses is varied around, not within.
  if (tokens.length === 0) return pick(chance, SPACES) + sql
  let end = 0
  let result = ''
  for (const [at, token] of tokens.entries()) {
    const gap = bytes.subarray(end, token.start).toString()
    const isAfterText = (tokens[at - 1]?.text ?? '').endsWith("'")
    result += rewriteGap(gap, chance, isAfterText) + rewriteToken(token, chance)
    end = token.end
  }
  return (
    result +
    bytes.subarray(end).toString() +
    pick(chance, ['', ' ', '\n', '\n-- end', ' /* end */'])
  )
}

// Two texts with a line between them would be one text.
const rewriteGap = (gap: string, chance: Chance, isAfterText: boolean): string =>
  gap === '' || isAfterText || chance(3) > 0 ? gap : gap + pick(chance, SPACES)

const rewriteToken = (token: { text: string; tokenName: string }, chance: Chance): string => {
  const { text, tokenName } = token
  if (tokenName === 'IDENT' && /^[a-z_][a-z0-9_]*$/.test(text)) return rewriteName(text, chance)
  if (tokenName === 'SCONST' && /^'[^'\\]*'$/.test(text))
    return rewriteText(text.slice(1, -1), chance)
  return /^[a-z_]+$/i.test(text) ? changeCase(text, chance) : text
}

const escaped = (letter: string): string =>
  `\\${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`

const rewriteName = (name: string, chance: Chance): string =>
  pick<() => string>(chance, [
    () => name,
    () => changeCase(name, chance),
    () => `"${name}"`,
    () => `U&"${escaped(name.charAt(0))}${name.slice(1)}"`,
  ])()

const rewriteText = (text: string, chance: Chance): string =>
  pick(chance, [`'${text}'`, `'${text}'`, `E'${text}'`, `$v$${text}$v$`, `U&'${text}'`])

const changeCase = (word: string, chance: Chance): string =>
  word.replaceAll(/./g, (letter) => (chance(2) === 0 ? letter.toUpperCase() : letter.toLowerCase()))

/** Puts what reads into a statement that reads it. */
const nest = (sql: string, chance: Chance): string => {
  const tree = attempt(() => parseSync(sql))
  const [only, ...more] = tree?.stmts ?? []
  const isRead = more.length === 0 && only?.stmt !== undefined && 'SelectStmt' in only.stmt
  if (!isRead || /\binto\b/i.test(sql)) return sql
  const inner = sql.trimEnd().replace(/;$/, '')
  return pick(chance, [
    `(${inner}\n)`,
    `((${inner}\n))`,
    `select * from (${inner}\n) as outside`,
    `with outside as (${inner}\n) select * from outside`,
    `select 1 where exists (${inner}\n)`,
    `explain ${inner}`,
    `(${inner}\n) union all (${inner}\n)`,
  ])
}

const attempt = <Result>(work: () => Result): Result | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}
