import { describeEachBackend } from '@athena-memory/testing'
import { describe, expect, it } from 'vitest'
import { addProject, DAY_MS, item, openAttention } from './open-attention.ts'

describeEachBackend('associations', (database) => {
  describe('link', () => {
    it('associates items of any layers, which need not be there', async () => {
      const { store, projectId, clock } = await openAttention(database())
      const [from, to] = [item('e1', 'episodic'), item('m1')]
      expect(await store.link({ projectId, from, to, kind: 'causal' })).toEqual({
        id: expect.any(String),
        projectId,
        from,
        to,
        kind: 'causal',
        strength: 0.5,
        coOccurrences: 0,
        lastCoactivatedAt: undefined,
        createdAt: clock.now(),
        updatedAt: clock.now(),
      })
    })

    it('makes one association of each kind and direction, and keeps the greater strength', async () => {
      const { store, projectId } = await openAttention(database())
      const pair = { projectId, from: item('a'), to: item('b') }
      const first = await store.link({ ...pair, strength: 0.6 })
      expect(await store.link({ ...pair, strength: 0.2 })).toMatchObject({
        id: first.id,
        strength: 0.6,
      })
      expect(await store.link({ ...pair, strength: 0.9 })).toMatchObject({
        id: first.id,
        strength: 0.9,
      })
      const back = { projectId, from: pair.to, to: pair.from }
      const many = await store.linkMany([
        { ...pair, kind: 'causal', strength: 0.3 },
        { ...pair, kind: 'causal', strength: 0.4 },
        back,
      ])
      expect(many.map(({ strength }) => strength)).toEqual([0.4, 0.4, 0.5])
      expect(new Set(many.map(({ id }) => id)).size).toBe(2)
      const { neighbours } = await store.neighbours({ projectId, item: item('a') })
      expect(neighbours).toHaveLength(3)
    })

    it('refuses what cannot be, by the name of the field', async () => {
      const { store, projectId } = await openAttention(database())
      const link = { projectId, from: item('a'), to: item('b') }
      await expect(store.link({ ...link, to: item('a') })).rejects.toThrow('two items')
      await expect(store.link({ ...link, strength: 1.1 })).rejects.toThrow('strength must be')
      await expect(store.link({ ...link, from: item('a', 'Not so') })).rejects.toThrow(
        'from.layer must be',
      )
      await expect(store.link({ ...link, to: item('') })).rejects.toThrow('to.id must not')
      await expect(store.link({ ...link, projectId: 'none' })).rejects.toMatchObject({
        code: 'missing-reference',
      })
      const links = [link, { ...link, strength: Number.NaN }]
      await expect(store.linkMany(links)).rejects.toThrow('strength must be')
      expect((await store.neighbours({ projectId, item: item('a') })).neighbours).toEqual([])
    })
  })

  it('get stronger and weaker, from 0 to 1', async () => {
    const { store, projectId } = await openAttention(database())
    const made = await store.linkMany(
      [0.5, 0.95, 0.02].map((strength, at) => ({
        projectId,
        from: item('a'),
        to: item(`b${at}`),
        strength,
      })),
    )
    const ids = made.map(({ id }) => id)
    const strengths = async (change: Promise<{ strength: number }[]>) =>
      (await change).map(({ strength }) => Number(strength.toFixed(12)))
    expect(await strengths(store.strengthen({ ids: [...ids, 'none'] }))).toEqual([0.6, 1, 0.12])
    expect(await strengths(store.weaken({ ids }))).toEqual([0.55, 0.95, 0.07])
    expect(await strengths(store.weaken({ ids, by: 0.5 }))).toEqual([0.05, 0.45, 0])
    await expect(store.strengthen({ ids, by: 2 })).rejects.toThrow('by must be from 0 to 1')
  })

  it('get stronger by each of twenty callers at once', async () => {
    const { store, projectId } = await openAttention(database())
    const made = await store.link({ projectId, from: item('a'), to: item('b'), strength: 0 })
    const calls = Array.from({ length: 20 }, () => store.strengthen({ ids: [made.id], by: 0.03 }))
    await Promise.all(calls)
    const [changed] = await store.strengthen({ ids: [made.id], by: 0 })
    expect(changed?.strength).toBeCloseTo(0.6, 9)
  })

  describe('neighbours', () => {
    it('come by the strongest first, each once, a page at a time', async () => {
      const { store, projectId } = await openAttention(database())
      const strengths = [0.5, 0.9, 0.5, 0.2, 0.5, 0.05]
      await store.linkMany(
        strengths.map((strength, at) => ({
          projectId,
          from: at % 2 === 0 ? item('hub') : item(`n${at}`),
          to: at % 2 === 0 ? item(`n${at}`) : item('hub'),
          strength,
        })),
      )
      const seen = []
      let cursor: string | undefined
      do {
        const page = await store.neighbours({ projectId, item: item('hub'), limit: 2, cursor })
        seen.push(...page.neighbours)
        cursor = page.nextCursor
      } while (cursor !== undefined)
      expect(seen.map(({ association }) => association.strength)).toEqual([0.9, 0.5, 0.5, 0.5, 0.2])
      expect(new Set(seen.map(({ id }) => id)).size).toBe(5)
      expect(seen[0]).toMatchObject({ ...item('n1'), direction: 'in' })
      expect(seen[1]).toMatchObject({ direction: 'out' })
      await expect(store.neighbours({ projectId, item: item('hub'), cursor: 'x' })).rejects.toThrow(
        'cursor must be',
      )
    })

    it('are those of a direction, kind, strength and project', async () => {
      const { store, projectId } = await openAttention(database())
      const other = await addProject(database(), 'other')
      const hub = item('hub')
      await store.link({ projectId, from: hub, to: item('out'), kind: 'causal', strength: 0.3 })
      await store.link({ projectId, from: item('in'), to: hub, strength: 0.6 })
      await store.link({ projectId: other, from: hub, to: item('foreign') })
      const ids = async (fields: object) =>
        (await store.neighbours({ projectId, item: hub, ...fields })).neighbours.map(({ id }) => id)
      expect(await ids({})).toEqual(['in', 'out'])
      expect(await ids({ direction: 'out' })).toEqual(['out'])
      expect(await ids({ direction: 'in' })).toEqual(['in'])
      expect(await ids({ kinds: ['causal'] })).toEqual(['out'])
      expect(await ids({ minStrength: 0.5 })).toEqual(['in'])
      expect(await ids({ item: item('hub', 'episodic') })).toEqual([])
    })
  })

  describe('path', () => {
    it('is of the fewest steps, and the strongest of several', async () => {
      const { store, projectId } = await openAttention(database())
      const link = (from: string, to: string, strength: number) =>
        store.link({ projectId, from: item(from), to: item(to), strength })
      await link('a', 'b', 0.9)
      await link('b', 'd', 0.2)
      await link('a', 'c', 0.5)
      await link('d', 'c', 0.5)
      await link('d', 'e', 1)
      const path = await store.path({ projectId, from: item('a'), to: item('e') })
      expect(path?.items.map(({ id }) => id)).toEqual(['a', 'c', 'd', 'e'])
      expect(path?.associations).toHaveLength(3)
      expect(path?.strength).toBeCloseTo(0.25, 12)
      expect(
        await store.path({ projectId, from: item('a'), to: item('e'), direction: 'out' }),
      ).toMatchObject({ items: ['a', 'b', 'd', 'e'].map((id) => item(id)) })
      expect(
        await store.path({ projectId, from: item('a'), to: item('e'), maxDepth: 2 }),
      ).toBeUndefined()
      expect(await store.path({ projectId, from: item('a'), to: item('z') })).toBeUndefined()
      expect(await store.path({ projectId, from: item('a'), to: item('a') })).toEqual({
        items: [item('a')],
        associations: [],
        strength: 1,
      })
    })
  })

  describe('fade', () => {
    it('when they are idle, a little at each call, and with them what is in view', async () => {
      const { store, projectId, clock } = await openAttention(database())
      const old = await store.link({ projectId, from: item('a'), to: item('b'), strength: 0.03 })
      await store.focus({ projectId, target: item('a'), weight: 0.15 })
      await store.focus({ projectId, target: item('b'), level: 'background' })
      clock.advance(8 * DAY_MS)
      const fresh = await store.link({ projectId, from: item('c'), to: item('d') })
      expect(await store.decay({ projectId })).toEqual({ associations: 1, focuses: 2, ended: 1 })
      const [first, second] = await store.strengthen({ ids: [old.id, fresh.id], by: 0 })
      expect([first?.strength, second?.strength]).toEqual([0, 0.5])
      const [left] = await store.currentFocus({ projectId })
      expect(left).toMatchObject({ target: item('b'), weight: 0.9 })
    })
  })
})
