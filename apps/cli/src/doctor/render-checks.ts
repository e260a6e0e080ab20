import { printableLine } from '../terminal/printable.ts'
import { renderTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { Check } from './check.ts'

const COLOURS = { pass: 'green', warn: 'yellow', fail: 'red' } as const

/** A line per check, below it what to do. */
export const renderChecks = (terminal: Terminal, checks: readonly Check[]): string =>
  renderTable(terminal, {
    head: [],
    rows: checks.map(({ name, status, detail, advice }) => [
      terminal.style(COLOURS[status], status),
      name,
      [detail, ...(advice === undefined ? [] : [`→ ${advice}`])].map(printableLine).join('\n'),
    ]),
    wrap: true,
  })
