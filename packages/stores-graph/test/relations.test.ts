import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { addNamed, addProject, DAY_MS, openGraph } from './open-graph.ts'

describeEachBackend('relations', (database) => {
  const open = async () => {
    const opened = await openGraph(database())
    const idOf = await addNamed(opened.graph, opened.projectId, ['a', 'b', 'c'])
    return { ...opened, idOf, tie: { fromId: idOf('a'), toId: idOf('b'), relationType: 'knows' } }
  }

  it('give back what was said, once', async () => {
    const { graph, projectId, tie, clock } = await open()
    const { relation, isNew } = await graph.relate({ ...tie, strength: 0.5, metadata: { x: 1 } })
    expect(isNew).toBe(true)
    expect(relation).toEqual({
      ...tie,
      id: expect.any(String),
      projectId,
      strength: 0.5,
      confidence: 1,
      metadata: { x: 1 },
      createdAt: clock.now(),
      updatedAt: clock.now(),
    })
    expect(await graph.relate(tie)).toEqual({ relation, isNew: false, redactions: 0 })
    expect((await graph.relate({ ...tie, relationType: 'likes' })).isNew).toBe(true)
  })

  it('are one for twenty callers at once', async () => {
    const { graph, tie } = await open()
    const results = await Promise.all(Array.from({ length: 20 }, () => graph.relate(tie)))
    expect(new Set(results.map(({ relation }) => relation.id)).size).toBe(1)
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(1)
  })

  it('end, and earlier times still show them; a mistake is shown at no time', async () => {
    const { graph, tie, clock } = await open()
    const { relation } = await graph.relate(tie)
    const before = clock.now()
    clock.advance(DAY_MS)
    expect(await graph.unrelate(relation.id)).toMatchObject({ validUntil: clock.now() })
    clock.advance(DAY_MS)
    expect((await graph.unrelate(relation.id))?.validUntil).toEqual(
      new Date(before.getTime() + DAY_MS),
    )
    const ids = async (asOf?: Date) =>
      (await graph.relations({ entityId: tie.fromId, asOf })).relations.map(({ id }) => id)
    expect(await ids()).toEqual([])
    expect(await ids(before)).toEqual([relation.id])
    const again = await graph.relate(tie)
    expect(again.isNew).toBe(true)
    expect(await ids()).toEqual([again.relation.id])
    await graph.unrelate(again.relation.id, { isMistake: true })
    expect(await ids(clock.now())).toEqual([])
    const all = await graph.relations({ entityId: tie.fromId, includeEnded: true })
    expect(all.relations.map(({ id }) => id)).toEqual([again.relation.id, relation.id])
    expect(await graph.unrelate('none')).toBeUndefined()
  })

  it('are true from validFrom on, until just before validUntil', async () => {
    const { graph, tie } = await open()
    const [validFrom, validUntil] = [new Date('2020-01-01'), new Date('2021-01-01')]
    const { relation } = await graph.relate({ ...tie, validFrom, validUntil })
    expect((await graph.relate({ ...tie, validFrom, validUntil })).isNew).toBe(false)
    const isTrue = async (asOf: Date) =>
      (await graph.relations({ entityId: tie.toId, asOf })).relations.some(
        ({ id }) => id === relation.id,
      )
    expect(await isTrue(new Date(validFrom.getTime() - 1))).toBe(false)
    expect(await isTrue(validFrom)).toBe(true)
    expect(await isTrue(new Date(validUntil.getTime() - 1))).toBe(true)
    expect(await isTrue(validUntil)).toBe(false)
  })

  it('are listed by direction and type, the last made first, page by page', async () => {
    const { graph, idOf, clock } = await open()
    const made: string[] = []
    for (const [from, to, relationType] of [
      ['a', 'b', 'knows'],
      ['b', 'a', 'knows'],
      ['a', 'c', 'likes'],
    ] as const) {
      const tie = { fromId: idOf(from), toId: idOf(to), relationType }
      made.push((await graph.relate(tie)).relation.id)
      clock.advance(1000)
    }
    const [first, second, third] = made
    const entityId = idOf('a')
    const page = await graph.relations({ entityId, limit: 2 })
    expect(page.relations.map(({ id }) => id)).toEqual([third, second])
    const rest = await graph.relations({ entityId, limit: 2, cursor: page.nextCursor })
    expect(rest.relations.map(({ id }) => id)).toEqual([first])
    expect(rest.nextCursor).toBeUndefined()
    const out = await graph.relations({ entityId, direction: 'out', relationTypes: ['knows'] })
    expect(out.relations.map(({ id }) => id)).toEqual([first])
    const into = await graph.relations({ entityId, direction: 'in' })
    expect(into.relations.map(({ id }) => id)).toEqual([second])
  })

  it('need entities of one project, and make all or none', async () => {
    const { graph, tie } = await open()
    const elsewhere = await addProject(database(), 'other')
    const { entity } = await graph.addEntity({
      projectId: elsewhere,
      name: 'x',
      entityType: 'thing',
    })
    const refused = [
      [{ ...tie, toId: 'none' }, 'missing-reference', 'toId must be'],
      [{ ...tie, fromId: 'none' }, 'missing-reference', 'fromId must be'],
      [{ ...tie, toId: entity.id }, 'invalid', 'same project'],
      [{ ...tie, strength: 1.1 }, 'invalid', 'strength must be from 0 to 1'],
      [{ ...tie, confidence: Number.NaN }, 'invalid', 'confidence must be from 0 to 1'],
      [{ ...tie, relationType: '' }, 'invalid', 'relationType must not be empty'],
      [{ ...tie, validFrom: new Date(2), validUntil: new Date(2) }, 'invalid', 'before validUntil'],
    ] as const
    for (const [relation, code, message] of refused) {
      const attempt = graph.relateMany([{ ...tie, relationType: 'fine' }, relation])
      await expect(attempt).rejects.toMatchObject({ code })
      await expect(attempt).rejects.toThrow(message)
    }
    expect((await graph.relations({ entityId: tie.fromId })).relations).toEqual([])
  })
})
