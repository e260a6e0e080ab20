import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { printable, printableLine } from '../src/terminal/printable.ts'
import { renderRecall } from '../src/terminal/render-recall.ts'
import { renderTable } from '../src/terminal/table.ts'
import { describeTerminal } from '../src/terminal/terminal.ts'
import { wrapText } from '../src/terminal/wrap-text.ts'
import { plainTerminal, widest } from './cli/plain-terminal.ts'

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

  it('takes a wide space for a part of a word', () => {
    expect(wrapText('\u3000!  ', 4)).toEqual(['\u3000! ', ''])
  })

  it('keeps indentation', () => {
    expect(wrapText('if x:\n  return one two', 12)).toEqual(['if x:', '  return one', '  two'])
  })
})

describe('a table', () => {
  it('fits the terminal, whatever it holds', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 120 }).map(printableLine)
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(rows, fc.integer({ min: 40, max: 160 }), fc.boolean(), (content, width, wrap) => {
        const table = renderTable(plainTerminal(width), {
          head: ['a', 'b', 'c'],
          rows: content,
          wrap,
        })
        expect(widest(table)).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('leaves narrow columns alone and shortens wide ones', () => {
    const table = renderTable(plainTerminal(40), {
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
    const text = renderRecall(plainTerminal(width), { results: [result], notices: [] })
    expect(widest(text)).toBeLessThanOrEqual(width)
    expect(text).toMatch(/^0\.81 +We deploy from main/)
    expect(text).toContain('semantic decision')
    expect(text).toContain(result.id)
  })

  it('say why they were found, and not what changed nothing', () => {
    const text = renderRecall(plainTerminal(200), { results: [result], notices: [] })
    expect(text).toContain('words #1 · similarity 0.41 · recency ×1.05')
    expect(text).not.toContain('importance')
  })

  it('come with what could not be done', () => {
    const text = renderRecall(plainTerminal(80), { results: [], notices: ['the model is down'] })
    expect(text).toBe('Nothing relevant is remembered.\nnote: the model is down')
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
