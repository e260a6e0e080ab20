import { bindOperations, createRegistry, toJsonSchema } from '@athena-memory/operations'
import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { attentionOperations } from '../src/operations/attention-operations.ts'
import { item, openAttention } from './open-attention.ts'

describeEachBackend('attention operations', (database) => {
  const open = async () => {
    const opened = await openAttention(database())
    const { call } = createRegistry(bindOperations(opened.store, attentionOperations))
    return { ...opened, call }
  }

  it('are one for each method of the store', async () => {
    const { store } = await open()
    const verbs = Object.keys(store).map((method) =>
      method.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    )
    expect(attentionOperations.map(({ verb }) => verb).toSorted()).toEqual(verbs.toSorted())
  })

  it('have schemas that JSON can carry, and examples that they accept', () => {
    for (const { input, output, examples } of attentionOperations) {
      expect(toJsonSchema(input, 'input').type).toBe('object')
      expect(toJsonSchema(output, 'output').type).toBe('object')
      expect(examples.length).toBeGreaterThan(0)
      for (const example of examples) expect(input.safeParse(example.input).success).toBe(true)
    }
  })

  it('associate, follow and learn', async () => {
    const { call, projectId } = await open()
    const [a, b, c] = [item('a'), item('b'), item('c', 'episodic')]
    const linked = await call('attention.link', { projectId, from: a, to: b })
    expect(linked).toMatchObject({ association: { from: a, to: b, strength: 0.5 } })
    const many = await call('attention.link-many', {
      projectId,
      links: [{ from: b, to: c, kind: 'causal', strength: 0.9 }],
    })
    expect(many).toMatchObject({ associations: [{ kind: 'causal' }] })
    expect(await call('attention.neighbours', { projectId, item: b })).toMatchObject({
      neighbours: [
        { ...c, direction: 'out' },
        { ...a, direction: 'in' },
      ],
    })
    expect(await call('attention.path', { projectId, from: a, to: c })).toMatchObject({
      path: { items: [a, b, c] },
    })
    expect(await call('attention.path', { projectId, from: a, to: item('z') })).toEqual({})
    expect(await call('attention.spread', { projectId, sources: [a] })).toMatchObject({
      items: [{ ...b, hop: 1, via: a }, c],
    })
    const items = [a, { ...c, activation: 0.5 }]
    const accessedAt = '2026-01-01T00:00:00.000Z'
    expect(await call('attention.record-access', { projectId, items, accessedAt })).toEqual({
      recorded: 2,
    })
    expect(await call('attention.coactivate', { projectId })).toEqual({
      accesses: 2,
      associations: 1,
      leftOut: 0,
    })
    expect(await call('attention.prime', { projectId, items: [a] })).toEqual({ primed: 1 })
    expect(await call('attention.primed', { projectId })).toEqual({
      items: [{ ...a, boost: 2, primedAt: '2026-01-01T00:00:00.000Z' }],
    })
    const question = { ...a, surprise: 0.8 }
    expect(await call('attention.salience', { projectId, items: [question] })).toEqual({
      items: [{ ...a, salience: 0.8, level: 'primary', parts: { surprise: 0.8 }, inhibition: 0 }],
    })
  })

  it('turn attention to one thing and away from another', async () => {
    const { call, projectId } = await open()
    const [a, b] = [item('a'), item('b')]
    await call('attention.focus', { projectId, target: a })
    expect(await call('attention.shift-focus', { projectId, target: b })).toMatchObject({
      focus: { target: b },
      previous: { target: a },
    })
    expect(await call('attention.return-to-previous', { projectId })).toMatchObject({
      focus: { target: a, startedAt: '2026-01-01T00:00:00.000Z' },
    })
    expect(await call('attention.return-to-previous', { projectId })).toEqual({})
    expect(await call('attention.current-focus', { projectId })).toMatchObject({
      focuses: [{ target: a }],
    })
    expect(await call('attention.focus-history', { projectId, limit: 2 })).toMatchObject({
      focuses: [{ target: a }, { target: b }],
      nextCursor: expect.any(String),
    })
    expect(await call('attention.inhibit', { projectId, target: b })).toMatchObject({
      inhibition: { strength: 0.5 },
    })
    expect(await call('attention.inhibited', { projectId })).toEqual({
      items: [{ ...b, inhibition: 0.5 }],
    })
    expect(await call('attention.release', { projectId, target: b })).toEqual({ released: 1 })
  })

  it('keep attention in order', async () => {
    const { call, store, projectId } = await open()
    const { id } = await store.link({ projectId, from: item('a'), to: item('b') })
    expect(await call('attention.strengthen', { ids: [id] })).toMatchObject({
      associations: [{ strength: 0.6 }],
    })
    expect(await call('attention.weaken', { ids: [id], by: 1 })).toMatchObject({
      associations: [{ strength: 0 }],
    })
    expect(await call('attention.decay', { projectId })).toEqual({
      associations: 0,
      focuses: 0,
      ended: 0,
    })
    expect(await call('attention.prune', { projectId })).toMatchObject({
      dryRun: true,
      associations: 0,
    })
    expect(await call('attention.forget', { ids: [id] })).toMatchObject({ associations: 1 })
    expect(await call('attention.forget-items', { items: [item('a')] })).toMatchObject({
      forgotten: false,
    })
  })

  it('name what is wrong, and never what was said', async () => {
    const { call, projectId } = await open()
    const link = { projectId, from: item('a'), to: item('b') }
    const wrong = [
      ['attention.link', { ...link, from: item('zebrafinch', 'Zebrafinch 1') }, 'from.layer'],
      ['attention.link', { ...link, to: { ...item('b'), x: 'zebrafinch' } }, 'unknown argument'],
      ['attention.link', { ...link, projectId: 'none' }, 'does not exist'],
      ['attention.neighbours', { projectId, item: item('a'), cursor: 'zebrafinch' }, 'cursor'],
      ['attention.focus', { projectId, target: item('a'), reason: 7 }, 'reason'],
    ] as const
    for (const [name, input, message] of wrong) {
      const error: unknown = await call(name, input).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ message: expect.stringContaining(message) })
      expect(error).toMatchObject({ message: expect.not.stringMatching(/zebrafinch/i) })
    }
  })
})
