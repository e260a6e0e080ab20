import { type Database, newId } from '@athena-memory/db-core'
import { describeEachBackend } from '@athena-memory/testing'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createMetaStore } from '../src/meta-store.ts'
import { addEpisodes, addMemories, addProject, item, openMeta, times } from './open-meta.ts'

const derive = async (db: Database, derived: [string, string], evidence: [string, string]) => {
  const [derivedLayer, derivedId] = derived
  const [evidenceLayer, evidenceId] = evidence
  const rest = { id: newId(), method: 'test', confidence: 1, createdAt: new Date() }
  await db.query
    .insert(db.tables.derivations)
    .values({ ...rest, derivedLayer, derivedId, evidenceLayer, evidenceId })
}

describeEachBackend('assessment', (database) => {
  describe('calibration', () => {
    it('changes with the samples that it is computed from', async () => {
      const { store, projectId, clock } = await openMeta(database())
      const calibration = (fields: object = {}) => store.calibration({ projectId, ...fields })
      expect(await calibration()).toBeUndefined()
      const sample = (reportedConfidence: number, actualConfidence: number, domain?: string) => ({
        reportedConfidence,
        actualConfidence,
        domain,
      })
      const samples = [sample(0.9, 1), sample(0.7, 0)]
      expect(await store.calibrate({ projectId, samples })).toBe(2)
      expect(await calibration()).toEqual({
        samples: 2,
        meanReported: expect.closeTo(0.8, 12),
        meanActual: 0.5,
        meanAbsoluteError: expect.closeTo(0.4, 12),
        isWellCalibrated: false,
        tendency: 'over-confident',
        adjustment: expect.closeTo(0.625, 12),
      })
      clock.advance(1000)
      const since = clock.now()
      await store.calibrate({ projectId, samples: [sample(0.8, 1, 'code'), sample(0.8, 1)] })
      expect(await calibration()).toMatchObject({ samples: 4, meanActual: 0.75 })
      expect(await calibration({ domain: 'code' })).toMatchObject({
        samples: 1,
        tendency: 'under-confident',
      })
      expect(await calibration({ since })).toMatchObject({ samples: 2, meanActual: 1 })
      expect(await calibration({ domain: 'none' })).toBeUndefined()
      expect(await calibration({ projectId: 'none' })).toBeUndefined()
    })

    it('refuses impossible samples, and stores none of them', async () => {
      const { store, projectId } = await openMeta(database())
      const right = { reportedConfidence: 1, actualConfidence: 1 }
      const samples = [right, { ...right, actualConfidence: 1.5 }]
      await expect(store.calibrate({ projectId, samples })).rejects.toThrow('actualConfidence must')
      expect(await store.calibration({ projectId })).toBeUndefined()
    })
  })

  describe('load', () => {
    it('is what working memory holds, and absent where nobody reads it', async () => {
      const { store, projectId } = await openMeta(database())
      expect(await store.load({ projectId })).toMatchObject({ utilisation: 0, level: 'low' })
      await addMemories(database(), projectId, times(6, { memoryType: 'context' }))
      expect(await store.load({ projectId })).toEqual({
        active: 6,
        capacity: 7,
        utilisation: 6 / 7,
        latencyMs: undefined,
        level: 'high',
      })
      expect(await store.load({ projectId, latencyMs: 600 })).toMatchObject({ level: 'critical' })
      const blind = createMetaStore(database(), { readers: { layers: [] } })
      expect(await blind.load({ projectId })).toBeUndefined()
    })
  })

  describe('transfers', () => {
    it('are noted and listed, the latest first', async () => {
      const { store, projectId, clock } = await openMeta(database())
      const from = await addProject(database(), 'from')
      const transfer = (fromId: string) =>
        store.transfer({
          projectId,
          fromProjectId: from,
          layer: 'semantic',
          fromId,
          applicability: 0.5,
        })
      const first = await transfer('m1')
      expect(first).toMatchObject({ transferredAt: clock.now(), toId: undefined })
      clock.advance(1000)
      for (const id of ['m2', 'm3']) await transfer(id)
      const page = await store.transfers({ projectId, limit: 2 })
      expect(page.transfers.map(({ fromId }) => fromId)).toEqual(['m3', 'm2'])
      expect(await store.transfers({ projectId, cursor: page.nextCursor })).toEqual({
        transfers: [first],
      })
      const given = { projectId: from, direction: 'given' } as const
      expect((await store.transfers(given)).transfers).toHaveLength(3)
      expect((await store.transfers({ projectId: from })).transfers).toEqual([])
      expect((await store.transfers({ ...given, direction: 'both' })).transfers).toHaveLength(3)
    })

    it('are refused between projects that are not two', async () => {
      const { store, projectId } = await openMeta(database())
      const transfer = { projectId, layer: 'semantic', fromId: 'm1', applicability: 1 }
      await expect(store.transfer({ ...transfer, fromProjectId: projectId })).rejects.toThrow(
        'fromProjectId must be another',
      )
      await expect(store.transfer({ ...transfer, fromProjectId: 'none' })).rejects.toMatchObject({
        code: 'missing-reference',
      })
      await expect(
        store.transfer({ ...transfer, fromProjectId: 'x', applicability: 2 }),
      ).rejects.toThrow('applicability must')
    })
  })

  describe('report', () => {
    it('holds no figure that nothing speaks for', async () => {
      const { projectId } = await openMeta(database())
      const blind = createMetaStore(database(), { readers: { layers: [] } })
      expect(await blind.report(projectId)).toEqual({
        layers: [],
        domains: { count: 0, best: [] },
        gaps: { open: 0, worst: [] },
        transfers: { received: 0, given: 0 },
      })
    })

    it('sums up what the rows say now', async () => {
      const { store, projectId, clock } = await openMeta(database())
      await addMemories(database(), projectId, times(4, { confidence: 0.5, usefulness: 0.25 }))
      await addMemories(database(), projectId, [{ domain: 'planning', confidence: 1 }])
      const occurredAt = clock.now()
      await addEpisodes(database(), projectId, [{ occurredAt, outcome: 'failure' }, { occurredAt }])
      await store.recordAccess({
        projectId,
        items: [...times(5, { ...item('a'), useful: false, confidence: 0.4 }), item('b')],
      })
      const samples = [{ reportedConfidence: 1, actualConfidence: 1 }]
      await store.calibrate({ projectId, samples })
      const report = await store.report(projectId)
      expect(report).toMatchObject({
        layers: [
          { layer: 'semantic', rows: 5, domains: 2, meanConfidence: 0.6 },
          { layer: 'episodic', rows: 2, domains: 1 },
        ],
        domains: { count: 2, best: [{ domain: 'code', memories: 4 }, { domain: 'planning' }] },
        gaps: { open: 2, worst: [{ subject: 'planning' }, { subject: 'code' }] },
        outcomes: { total: 1, failures: 1 },
        quality: {
          items: 2,
          accesses: 6,
          judged: 1,
          low: 1,
          meanUsefulness: 0,
          meanConfidence: 0.4,
        },
        calibration: { samples: 1, isWellCalibrated: true },
        load: { active: 0, level: 'low' },
      })
      expect(report.layers[1]?.meanConfidence).toBeUndefined()
    })
  })

  describe('forgetting', () => {
    it('erases whatever names an item, and what only followed from it', async () => {
      const { store, projectId } = await openMeta(database())
      const from = await addProject(database(), 'from')
      const fields = { memoryType: 'decision', source: 'zebrafinch', domain: 'zebrafinch' }
      const [id = '', other = ''] = await addMemories(database(), projectId, times(2, fields))
      await store.recordAccess({ projectId, items: [item(id), item('b')] })
      const sample = { reportedConfidence: 1, actualConfidence: 1 }
      await store.calibrate({ projectId, samples: [{ ...sample, item: item(id) }, sample] })
      const transfer = { projectId, fromProjectId: from, layer: 'semantic', applicability: 1 }
      await store.transfer({ ...transfer, fromId: 'x', toId: id })
      await store.transfer({ ...transfer, fromId: 'x' })
      expect((await store.gaps({ projectId, kinds: ['contradiction'] })).gaps).toHaveLength(1)
      const { memories } = database().tables
      for (const gone of [id, other]) {
        await database().query.delete(memories).where(eq(memories.id, gone))
      }
      expect(await store.forgetItems({ projectId, items: [item(id), item(other)] })).toEqual({
        forgotten: true,
        qualities: 1,
        domains: 0,
        gaps: 1,
        transfers: 1,
        calibrations: 1,
        derivations: 0,
        affected: [],
      })
      const { query, tables } = database()
      expect(await query.select().from(tables.domainCoverage)).toEqual([])
      expect((await store.gaps({ projectId })).gaps).toEqual([])
      expect(await store.quality({ projectId, items: [item(id), item('b')] })).toHaveLength(1)
      expect(await store.calibration({ projectId })).toMatchObject({ samples: 1 })
      const again = await store.forgetItems({ projectId, items: [item(id)] })
      expect(again).toMatchObject({ forgotten: false })
    })

    it('erases rows of its own by id, with what is known of their derivation', async () => {
      const { store, projectId } = await openMeta(database())
      await addMemories(database(), projectId, times(2, { confidence: 0.9 }))
      const [gap] = (await store.gaps({ projectId })).gaps
      await derive(database(), ['meta', gap?.id ?? ''], ['episodic', 'e1'])
      await derive(database(), ['semantic', 'm1'], ['meta', gap?.id ?? ''])
      expect(await store.forget([gap?.id ?? '', 'none'])).toEqual({
        forgotten: true,
        qualities: 0,
        domains: 0,
        gaps: 1,
        transfers: 0,
        calibrations: 0,
        derivations: 2,
        affected: [item('m1')],
      })
      expect(await store.forget([gap?.id ?? ''])).toMatchObject({ forgotten: false })
      expect((await store.gaps({ projectId })).gaps).toHaveLength(1)
    })
  })
})
