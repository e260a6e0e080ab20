/**
 * Quoted text and names, and comments: everything in which a keyword means nothing. What is not
 * closed reaches to the end; a doubled quote reads as two strings side by side.
 */
const quotedOrComment =
  /'[^']*(?:'|$)|"[^"]*(?:"|$)|`[^`]*(?:`|$)|\[[^\]]*(?:\]|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g

const bare = (sql: string): string => sql.replace(quotedOrComment, ' ? ').trim()

/** Comments before the first word are noise; a quoted name there would be a syntax error. */
const firstWords = (sql: string): string => bare(sql).replace(/^(?:\?\s*)+/, '')

/**
 * Whether a statement surely changes nothing. Doubt counts as a write: `pragma`, and `with` that
 * mentions a word such as `replace` outside quotes.
 */
export const isRead = (sql: string): boolean => {
  const words = firstWords(sql)
  if (/^(?:select|values|explain)\b/i.test(words)) return true
  return /^with\b/i.test(words) && !/\b(?:insert|update|delete|replace)\b/i.test(words)
}

/**
 * Whether `sql` holds a second statement, which the driver would drop without a word. The body of
 * a trigger is part of its statement.
 */
export const hasSecondStatement = (sql: string): boolean => {
  if (!sql.includes(';')) return false
  const words = firstWords(sql)
  const [, ...rest] = words.split(';')
  return /[^\s?]/.test(rest.join('')) && !/^create\s+(?:temp(?:orary)?\s+)?trigger\b/i.test(words)
}
