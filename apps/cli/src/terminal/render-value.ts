import type { JsonObject, JsonValue } from '@athena-memory/operations'
import { printable, printableLine } from './printable.ts'
import { fitsAsTable, renderTable } from './table.ts'
import type { Terminal } from './terminal.ts'

/**
 * Any result of an operation for people: fields below each other, lists of records as tables or,
 * where they are too wide for that, record by record.
 */
export const renderValue = (terminal: Terminal, value: JsonObject): string => {
  const fields = Object.entries(value)
  const plain = fields.filter(([, field]) => !isRecords(field) && !isObject(field))
  const nested = fields.flatMap(([name, field]) => {
    if (isRecords(field)) return [renderSection(terminal, name, renderRecords(terminal, field))]
    // What holds nothing says nothing.
    if (!isObject(field) || Object.keys(field).length === 0) return []
    return [renderSection(terminal, name, renderValue(terminal, field))]
  })
  return [...(plain.length > 0 ? [renderFields(terminal, plain)] : []), ...nested].join('\n\n')
}

/** Records with the same fields under one head, as a table or one after the other. */
const renderRecords = (terminal: Terminal, records: readonly JsonObject[]): string => {
  const head = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const rows = records.map((record) => head.map((name) => toCell(record[name])))
  const titles = head.map(toTitle)
  if (fitsAsTable(terminal, { head: titles, rows })) {
    return renderTable(terminal, { head: titles, rows })
  }
  return records.map((record) => renderValue(terminal, record)).join('\n\n')
}

const renderSection = ({ style }: Terminal, name: string, body: string): string =>
  `${style('bold', toTitle(name))}\n${body}`

const renderFields = (
  terminal: Terminal,
  fields: readonly (readonly [string, JsonValue])[],
): string =>
  renderTable(terminal, {
    head: [],
    rows: fields.map(([name, value]) => [terminal.style('dim', toTitle(name)), toText(value)]),
    wrap: true,
  })

const toTitle = (name: string): string =>
  name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

const toCell = (value: JsonValue | undefined): string => printableLine(toText(value))

const toText = (value: JsonValue | undefined): string => {
  if (value === undefined || value === null) return ''
  if (typeof value === 'number') return toNumber(value)
  if (typeof value === 'string') return printable(toTime(value))
  if (Array.isArray(value)) return value.map(toText).join(', ') || 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return JSON.stringify(value)
}

const toNumber = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)))

/** `2026-01-31T09:30:00.000Z` as `2026-01-31 09:30 UTC`; other text stays. */
export const toTime = (text: string): string =>
  text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(\.\d+)?Z$/, '$1 $2 UTC')

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isRecords = (value: JsonValue): value is JsonObject[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject)
