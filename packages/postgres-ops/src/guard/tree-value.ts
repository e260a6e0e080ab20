/** A part of a parsed statement, whose fields are read with the functions of this file. */
export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A node such as `{ RangeVar: {...} }`: its kind and its fields; of no kind where it is none. */
export const nodeOf = (value: unknown): { readonly kind: string; readonly fields: Fields } => {
  const [entry, ...more] = Object.entries(fieldsOf(value))
  if (!entry || more.length > 0 || !/^[A-Z]/.test(entry[0])) return { kind: '', fields: {} }
  return { kind: entry[0], fields: fieldsOf(entry[1]) }
}

/** A possibly qualified name, such as that of a function: `[schema, name]`, or `[name]`. */
export const nameOf = (value: unknown): string[] =>
  listOf(value).map((part) => textOf(nodeOf(part).fields['sval']))

/** A number that is written as such, behind any casts and signs; `undefined` for everything else. */
export const constantNumber = (value: unknown): number | undefined => {
  const { kind, fields } = nodeOf(value)
  if (kind === 'TypeCast') return constantNumber(fields['arg'])
  if (kind !== 'A_Const') return undefined
  if (isFields(fields['ival'])) return Number(fields['ival']['ival'] ?? 0)
  const text = fieldsOf(fields['fval'])['fval'] ?? fieldsOf(fields['sval'])['sval']
  return typeof text === 'string' && text.trim() !== '' && Number.isFinite(Number(text))
    ? Number(text)
    : undefined
}
