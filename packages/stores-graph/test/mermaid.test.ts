import { describeEachBackend } from '@athena-memory/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeLabel } from '../src/mermaid/escape-label.ts'
import { addNamed, openGraph, relateAll } from './open-graph.ts'

/** What Mermaid shows for a label. */
const shown = (label: string): string =>
  label.replaceAll(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))

describe('escapeLabel', () => {
  it('shows any text, and holds nothing that ends or opens anything', () => {
    const hostile = fc.constantFrom('"', ']', '|', '%%{init: {}}%%', '`', '<b>', '#35;', ';', '\n')
    const texts = fc
      .array(fc.oneof(fc.string({ unit: 'grapheme' }), hostile))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(texts, (text) => {
        const label = escapeLabel(text)
        expect(shown(label)).toBe(text.replaceAll(/\s+/g, ' '))
        expect(label.replaceAll(/#\d+;/g, '')).not.toMatch(/["'`<>[\](){}|%#;&\n\\]/)
      }),
    )
  })
})

describeEachBackend('drawings', (database) => {
  it('show entities and relations, whatever they are called', async () => {
    const { graph, projectId } = await openGraph(database())
    const idOf = await addNamed(graph, projectId, ['a"]; click b', 'b'])
    await graph.relate({ fromId: idOf('a"]; click b'), toId: idOf('b'), relationType: 'is|%%' })
    const entityIds = [idOf('a"]; click b')]
    expect(await graph.mermaid({ projectId, entityIds })).toEqual({
      diagram: [
        'graph LR',
        '  n1["a#34;#93;#59; click b #40;thing#41;"]',
        '  n2["b #40;thing#41;"]',
        '  n1 -->|"is#124;#37;#37;"| n2',
      ].join('\n'),
      isTruncated: false,
    })
  })

  it('show the newest entities where none are named, and say when there are more', async () => {
    const { graph, projectId } = await openGraph(database())
    const idOf = await addNamed(graph, projectId, ['a', 'b', 'c'])
    await relateAll(graph, idOf, 'b-c a-b')
    const { diagram, isTruncated } = await graph.mermaid({ projectId, limit: 2 })
    expect(isTruncated).toBe(true)
    expect(diagram.split('\n').slice(1)).toEqual([
      '  n1["c #40;thing#41;"]',
      '  n2["b #40;thing#41;"]',
      '  n2 -->|"knows"| n1',
    ])
    const empty = await graph.mermaid({ projectId, namespace: 'none' })
    expect(empty).toEqual({ diagram: 'graph LR', isTruncated: false })
  })
})
