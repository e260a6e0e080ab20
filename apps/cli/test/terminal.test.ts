import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { printable, printableLine } from '../src/terminal/printable.ts'
import { renderRecall } from '../src/terminal/render-recall.ts'
import { renderValue } from '../src/terminal/render-value.ts'
import { renderTable } from '../src/terminal/table.ts'
import { describeTerminal, type Terminal } from '../src/terminal/terminal.ts'
import { wrapText } from '../src/terminal/wrap-text.ts'

const terminalOf = (width: number): Terminal => ({
  width,
  isInteractive: true,
  style: (_, text) => text,
})

const widest = (text: string): number =>
  Math.max(...text.split('\n').map((line) => stringWidth(line)))

describe('printable text', () => {
  it('holds nothing that could drive a terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u)
        expect(printableLine(text)).not.toMatch(/\n/)
      }),
    )
  })

  it('keeps words, lines and emoji as they are', () => {
    expect(printable('zażółć\r\n日本 👩‍🚀')).toBe('zażółć\n日本 👩‍🚀')
    expect(printableLine('\u001b[31mred\u001b[0m\talert\n')).toBe('[31mred [0m alert')
  })
})

describe('wrapped text', () => {
  it('fits, and loses nothing but spaces', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 }).map(printable)
    const bare = (value: string): string => value.replaceAll(/[ \n]/g, '')
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 60 }), (given, width) => {
        const lines = wrapText(given, width)
        expect(bare(lines.join(''))).toBe(bare(given))
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('breaks between words, and inside words only where it must', () => {
    expect(wrapText('one two three', 8)).toEqual(['one two', 'three'])
    expect(wrapText('a 日本語の記憶', 6)).toEqual(['a', '日本語', 'の記憶'])
  })
})

describe('a table', () => {
  it('fits the terminal, whatever it holds', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 120 }).map(printableLine)
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(rows, fc.integer({ min: 40, max: 160 }), fc.boolean(), (content, width, wrap) => {
        const table = renderTable(terminalOf(width), { head: ['a', 'b', 'c'], rows: content, wrap })
        expect(widest(table)).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('leaves narrow columns alone and shortens wide ones', () => {
    const table = renderTable(terminalOf(40), {
      head: ['name', 'meaning'],
      rows: [['short', 'a sentence that is much too long to stand in the line']],
    })
    expect(table).toBe('name   meaning\nshort  a sentence that is much too long…')
  })
})

const result = {
  id: '0199d1a2-7c3e-7b40-9a53-0d8f6f2c1e77',
  layer: 'semantic',
  kind: 'decision',
  projectId: 'p',
  content: 'We deploy from main every Tuesday, after the smoke tests have passed on every machine',
  hybridScore: 0.8123,
  semanticSimilarity: 0.412,
  keywordRank: 1,
  signals: { text: 1, similarity: 0.7, importance: 1, recency: 1.05 },
  tags: ['deploy'],
  occurredAt: '2026-01-31T09:30:00.000Z',
}

describe('recalled memories', () => {
  it.each([60, 80, 120])('fit %i columns, with score, reasons and the whole id', (width) => {
    const text = renderRecall(terminalOf(width), { results: [result], notices: [] })
    expect(widest(text)).toBeLessThanOrEqual(width)
    expect(text).toMatch(/^0\.81 +We deploy from main/)
    expect(text).toContain('semantic decision')
    expect(text).toContain(result.id)
  })

  it('say why they were found, and not what changed nothing', () => {
    const text = renderRecall(terminalOf(200), { results: [result], notices: [] })
    expect(text).toContain('words #1 · similarity 0.41 · recency ×1.05')
    expect(text).not.toContain('importance')
  })

  it('come with what could not be done', () => {
    const text = renderRecall(terminalOf(80), { results: [], notices: ['the model is down'] })
    expect(text).toBe('Nothing relevant is remembered.\nnote: the model is down')
  })
})

describe('any result', () => {
  it('shows fields, lists of records and nested objects', () => {
    const value = {
      removed: true,
      lastSeenAt: '2026-01-31T09:30:00.000Z',
      rows: { memories: 2 },
      names: ['a', 'b'],
      projects: [{ name: 'shop', size: 0.123456 }, { name: 'home' }],
    }
    expect(renderValue(terminalOf(80), value)).toBe(
      [
        'removed       yes',
        'last seen at  2026-01-31 09:30 UTC',
        'names         a, b',
        '',
        'rows',
        'memories  2',
        '',
        'projects',
        'name  size',
        'shop  0.1235',
        'home',
      ].join('\n'),
    )
  })

  it('shows records one by one where a table would be too wide', () => {
    const record = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e'].map((name) => [name, 'x'.repeat(30)]),
    )
    const text = renderValue(terminalOf(60), { records: [record, record] })
    expect(text.match(/x{30}/g)).toHaveLength(10)
    expect(widest(text)).toBeLessThanOrEqual(60)
  })
})

describe('a terminal', () => {
  const stream = { isTTY: true, columns: 100, hasColors: () => true }

  it('has colours where they are wanted', () => {
    expect(describeTerminal(stream).style('bold', 'x')).toBe('\u001b[1mx\u001b[22m')
    expect(describeTerminal({ ...stream, hasColors: () => false }).style('bold', 'x')).toBe('x')
  })

  it('is 80 columns wide where nobody knows, or as wide as COLUMNS says', () => {
    const pipe = { isTTY: false, columns: 0, hasColors: () => false }
    const widths = [{}, { COLUMNS: '132' }, { COLUMNS: 'wide' }].map(
      (env) => describeTerminal(pipe, env).width,
    )
    expect(widths).toEqual([80, 132, 80])
  })
})
