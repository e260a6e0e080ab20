import { bindOperations, createRegistry, toJsonSchema } from '@athena-memory/operations'
import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { metaOperations } from '../src/operations/meta-operations.ts'
import { addMemories, addProject, item, openMeta, times } from './open-meta.ts'

describeEachBackend('meta operations', (database) => {
  const open = async () => {
    const opened = await openMeta(database())
    const { call } = createRegistry(bindOperations(opened.store, metaOperations))
    return { ...opened, call }
  }

  it('are one for each method of the store', async () => {
    const { store } = await open()
    const verbs = Object.keys(store).map((method) =>
      method.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    )
    expect(metaOperations.map(({ verb }) => verb).toSorted()).toEqual(verbs.toSorted())
  })

  it('have schemas that JSON can carry, and examples that they accept', () => {
    for (const { input, output, examples } of metaOperations) {
      expect(toJsonSchema(input, 'input').type).toBe('object')
      expect(toJsonSchema(output, 'output').type).toBe('object')
      expect(examples.length).toBeGreaterThan(0)
      for (const example of examples) expect(input.safeParse(example.input).success).toBe(true)
    }
  })

  it('tell how items have proved', async () => {
    const { call, projectId } = await open()
    const items = times(5, { ...item('a'), useful: false })
    expect(await call('meta.record-access', { projectId, items })).toMatchObject({
      items: [{ id: 'a', usefulness: 0, lastAccessedAt: '2026-01-01T00:00:00.000Z' }],
    })
    const verified = { projectId, item: item('b'), confidence: 0.9 }
    expect(await call('meta.verify', verified)).toMatchObject({ quality: { confidence: 0.9 } })
    expect(await call('meta.quality', { projectId, items: [item('b')] })).toMatchObject({
      items: [{ id: 'b', accessCount: 0 }],
    })
    expect(await call('meta.low-quality', { projectId })).toMatchObject({ items: [{ id: 'a' }] })
  })

  it('tell what is known and what is not', async () => {
    const { call, projectId } = await open()
    await addMemories(database(), projectId, times(2, { confidence: 0.9 }))
    expect(await call('meta.domains', { projectId })).toMatchObject({
      domains: [{ domain: 'code', memories: 2, expertise: { level: 'beginner' } }],
    })
    const choice = { projectId, domain: 'code', category: 'technology' }
    expect(await call('meta.categorize', choice)).toMatchObject({
      domain: { category: 'technology' },
    })
    expect(await call('meta.expertise', { projectId, domain: 'code' })).toMatchObject({
      knowledge: { memories: 2 },
    })
    expect(await call('meta.expertise', { projectId, domain: 'none' })).toEqual({})
    expect(await call('meta.gaps', { projectId })).toMatchObject({
      gaps: [{ kind: 'few-memories', subject: 'code' }],
    })
    const resolution = { id: 'none', resolution: 'x' }
    expect(await call('meta.resolve-gap', resolution)).toEqual({})
    const fromProjectId = await addProject(database(), 'from')
    const transfer = { projectId, fromProjectId, layer: 'semantic', fromId: 'm', applicability: 1 }
    expect(await call('meta.transfer', transfer)).toMatchObject({ transfer: { fromId: 'm' } })
    expect(await call('meta.transfers', { projectId })).toMatchObject({
      transfers: [{ fromProjectId }],
    })
  })

  it('assess and forget', async () => {
    const { call, projectId } = await open()
    const samples = [{ reportedConfidence: 0.5, actualConfidence: 0.5, item: item('a') }]
    expect(await call('meta.calibrate', { projectId, samples })).toEqual({ recorded: 1 })
    expect(await call('meta.calibration', { projectId })).toMatchObject({
      calibration: { samples: 1, adjustment: 1 },
    })
    expect(await call('meta.load', { projectId, latencyMs: 200 })).toMatchObject({
      load: { level: 'medium' },
    })
    expect(await call('meta.report', { projectId })).toMatchObject({ calibration: { samples: 1 } })
    expect(await call('meta.forget-items', { projectId, items: [item('a')] })).toMatchObject({
      calibrations: 1,
    })
    expect(await call('meta.forget', { ids: ['none'] })).toMatchObject({ forgotten: false })
    expect(await call('meta.calibration', { projectId })).toEqual({})
  })

  it('name what is wrong, and never what was said', async () => {
    const { call, projectId } = await open()
    const sample = { reportedConfidence: 'zebrafinch', actualConfidence: 1 }
    const wrong = [
      ['meta.record-access', { projectId, items: [{ ...item('a'), x: 1 }] }, 'unknown argument'],
      ['meta.record-access', { projectId: 'none', items: [item('zebrafinch')] }, 'not exist'],
      ['meta.calibrate', { projectId, samples: [sample] }, 'samples[0].reportedConfidence'],
      ['meta.gaps', { projectId, cursor: 'zebrafinch' }, 'cursor'],
      ['meta.verify', { projectId, item: item('a', 'Zebrafinch 1') }, 'item.layer'],
    ] as const
    for (const [name, input, message] of wrong) {
      const error: unknown = await call(name, input).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ message: expect.stringContaining(message) })
      expect(error).toMatchObject({ message: expect.not.stringMatching(/zebrafinch/i) })
    }
  })
})
