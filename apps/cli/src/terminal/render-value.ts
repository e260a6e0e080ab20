import type { JsonObject, JsonValue } from '@athena-memory/operations'
import { printableLine } from './printable.ts'
import { splitCommon } from './split-common.ts'
import { fitsAsTable, renderTable } from './table.ts'
import type { Terminal } from './terminal.ts'
import { isEmptyObject, isObject, isRecords, isText, toText, toTitle } from './value-text.ts'
import { wrapText } from './wrap-text.ts'

/**
 * Any result of an operation for people: fields below each other, lists of records as tables or,
 * where they are too wide for that, record by record; at the end how to get more, and notices.
 */
export const renderValue = (terminal: Terminal, value: JsonObject): string => {
  const { nextCursor, notices, ...rest } = value
  const parts = renderParts(terminal, rest)
  if (typeof nextCursor === 'string') parts.push(renderCursor(terminal, nextCursor))
  if (Array.isArray(notices)) parts.push(...notices.map((notice) => renderNote(terminal, notice)))
  return parts.join('\n\n')
}

// In one line, however long, to be copied.
const renderCursor = ({ style }: Terminal, cursor: string): string =>
  style('dim', `more: --cursor '${printableLine(cursor)}'`)

const renderNote = ({ style, width }: Terminal, notice: JsonValue): string =>
  wrapText(`note: ${toText(notice)}`, width)
    .map((line) => style('yellow', line))
    .join('\n')

/** Plain fields together, then a section for each of the others. */
const renderParts = (terminal: Terminal, value: JsonObject): string[] => {
  // What holds nothing says nothing.
  const fields = Object.entries(value).filter(([, field]) => !isEmptyObject(field))
  const plain = fields.filter(([, field]) => isText(field))
  const others = fields.filter(([, field]) => !isText(field))
  return [
    ...(plain.length > 0 ? [renderFields(terminal, Object.fromEntries(plain))] : []),
    ...others.map(([name, field]) => renderSection(terminal, toTitle(name), field)),
  ]
}

const renderFields = (terminal: Terminal, fields: JsonObject): string =>
  renderTable(terminal, {
    head: [],
    rows: Object.entries(fields).map(([name, value]) => [
      terminal.style('dim', toTitle(name)),
      toText(value),
    ]),
    wrap: true,
  })

const renderSection = (terminal: Terminal, title: string, value: JsonValue): string => {
  if (isRecords(value)) return renderRecords(terminal, title, value)
  if (isObject(value)) return withHeading(terminal, title, renderNested(terminal, value))
  return withHeading(terminal, title, wrapText(toText(value), terminal.width).join('\n'))
}

const withHeading = ({ style }: Terminal, title: string, body: string): string =>
  `${style('bold', title)}\n${body}`

const INDENT = '  '

/** What stands in a section, further in than its heading. */
const renderNested = (terminal: Terminal, value: JsonObject): string => {
  const inner = { ...terminal, width: terminal.width - INDENT.length }
  return renderParts(inner, value)
    .join('\n')
    .replaceAll(/^(?=.)/gm, INDENT)
}

/** Records as a table, or one after the other, with what all have in common before them. */
const renderRecords = (
  terminal: Terminal,
  title: string,
  records: readonly JsonObject[],
): string => {
  const whole = renderTableOf(terminal, records)
  if (whole !== undefined) return withHeading(terminal, title, whole)
  const { common, own } = splitCommon(records)
  const table = renderTableOf(terminal, own)
  const bodies = table === undefined ? own.map((each) => renderNested(terminal, each)) : [table]
  const headings = table === undefined ? numbered(title, own.length) : [title]
  return [
    ...(isEmptyObject(common)
      ? []
      : [withHeading(terminal, `all ${title}`, renderNested(terminal, common))]),
    ...bodies.map((body, at) => withHeading(terminal, headings[at] ?? title, body)),
  ].join('\n\n')
}

const numbered = (title: string, count: number): string[] =>
  count === 1
    ? [title]
    : Array.from({ length: count }, (_, at) => `${title}: ${at + 1} of ${count}`)

/** The records under one head; undefined where that would not be readable. */
const renderTableOf = (terminal: Terminal, records: readonly JsonObject[]): string | undefined => {
  const head = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const cells = records.flatMap((record) => head.map((name) => record[name] ?? null))
  if (!cells.every(isText)) return undefined
  const rows = records.map((record) => head.map((name) => toText(record[name] ?? null)))
  const content = { head: head.map(toTitle), rows, wrap: true }
  return fitsAsTable(terminal, content) ? renderTable(terminal, content) : undefined
}
