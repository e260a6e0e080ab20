import { type Database, newId } from '@athena-memory/db-core'
import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { addProject, DAY_MS, item, openAttention } from './open-attention.ts'

const derive = async (db: Database, derived: [string, string], evidence: [string, string]) => {
  const [derivedLayer, derivedId] = derived
  const [evidenceLayer, evidenceId] = evidence
  const rest = { id: newId(), method: 'test', confidence: 1, createdAt: new Date() }
  await db.query
    .insert(db.tables.derivations)
    .values({ ...rest, derivedLayer, derivedId, evidenceLayer, evidenceId })
}

describeEachBackend('upkeep of attention', (database) => {
  /** One row of every table that names `a`, and one of every table that does not. */
  const fill = async () => {
    const opened = await openAttention(database())
    const { store, projectId } = opened
    const weak = { projectId, strength: 0.05 }
    const association = await store.link({ ...weak, from: item('a'), to: item('b') })
    await store.link({ ...weak, from: item('c'), to: item('a') })
    await store.link({ projectId, from: item('b'), to: item('c') })
    for (const id of ['a', 'b']) {
      await store.recordAccess({ projectId, items: [item(id)] })
      await store.inhibit({ projectId, target: item(id) })
    }
    await store.focus({ projectId, target: item('a') })
    await store.focus({ projectId, target: item('b') })
    return { ...opened, association }
  }

  const rows = async () => {
    const { query, tables } = database()
    return {
      associations: await query.$count(tables.associations),
      accesses: await query.$count(tables.accessLog),
      focuses: await query.$count(tables.attentionFocus),
      inhibitions: await query.$count(tables.inhibitions),
    }
  }

  it('keeps what is new, however weak, since it may yet grow', async () => {
    const { store, projectId } = await fill()
    const nothing = { associations: 0, accesses: 0, focuses: 0, inhibitions: 0 }
    expect(await store.prune({ projectId, dryRun: false })).toEqual({ dryRun: false, ...nothing })
    expect(await rows()).toEqual({ associations: 3, accesses: 2, focuses: 2, inhibitions: 2 })
  })

  it('clears away what is weak and idle or long past, and only says so unless told otherwise', async () => {
    const { store, projectId, clock, association } = await fill()
    const other = await addProject(database(), 'other')
    await store.link({ projectId: other, from: item('a'), to: item('b'), strength: 0 })
    clock.advance(8 * DAY_MS)
    await store.recordAccess({ projectId, items: [item('a'), item('c')] })
    const past = { associations: 2, accesses: 2, focuses: 1, inhibitions: 2 }
    expect(await store.prune({ projectId })).toEqual({ dryRun: true, ...past })
    await store.strengthen({ ids: [association.id] })
    const report = await store.prune({ projectId, dryRun: false })
    expect(report).toEqual({ dryRun: false, ...past, associations: 1 })
    expect(await rows()).toEqual({ associations: 3, accesses: 2, focuses: 1, inhibitions: 0 })
    expect(await store.currentFocus({ projectId })).toMatchObject([{ target: item('b') }])
  })

  it('forgets whatever names an item', async () => {
    const { store, projectId } = await fill()
    expect(await store.forgetItems([item('a'), item('z')])).toEqual({
      forgotten: true,
      associations: 2,
      focuses: 1,
      inhibitions: 1,
      accesses: 1,
      derivations: 0,
      affected: [],
    })
    expect(await rows()).toEqual({ associations: 1, accesses: 1, focuses: 1, inhibitions: 1 })
    await store.coactivate({ projectId })
    expect((await store.neighbours({ projectId, item: item('a') })).neighbours).toEqual([])
    expect(await store.forgetItems([item('a')])).toMatchObject({ forgotten: false })
    expect(await store.forgetItems([item('b', 'episodic')])).toMatchObject({ forgotten: false })
    expect(await store.forgetItems([])).toMatchObject({ forgotten: false })
  })

  it('forgets rows of its own by id, with what is known of their derivation', async () => {
    const { store, association } = await fill()
    const db = database()
    await derive(db, ['attention', association.id], ['episodic', 'e1'])
    await derive(db, ['semantic', 'm1'], ['attention', association.id])
    await derive(db, ['semantic', 'm1'], ['episodic', 'e1'])
    expect(await store.forget([association.id, 'none'])).toEqual({
      forgotten: true,
      associations: 1,
      focuses: 0,
      inhibitions: 0,
      accesses: 0,
      derivations: 2,
      affected: [item('m1')],
    })
    expect(await db.query.$count(db.tables.derivations)).toBe(1)
    expect(await store.forget([association.id])).toMatchObject({ forgotten: false })
  })
})
