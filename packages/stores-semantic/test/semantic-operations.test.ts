import { bindOperations, createRegistry, toJsonSchema } from '@athena-memory/operations'
import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { semanticOperations } from '../src/operations/semantic-operations.ts'
import { openSemantic } from './open-semantic.ts'

describeEachBackend('semantic operations', (database) => {
  const open = async () => {
    const opened = await openSemantic(database())
    const { call } = createRegistry(bindOperations(opened.store, semanticOperations))
    return { ...opened, call }
  }

  it('are one for each method of the store', async () => {
    const { store } = await open()
    const verbs = Object.keys(store).map((method) =>
      method.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    )
    expect(semanticOperations.map(({ verb }) => verb).toSorted()).toEqual(verbs.toSorted())
  })

  it('have schemas that JSON can carry', () => {
    for (const { input, output } of semanticOperations) {
      expect(toJsonSchema(input, 'input').type).toBe('object')
      expect(toJsonSchema(output, 'output').type).toBe('object')
    }
  })

  it('carry a memory through its life', async () => {
    const { call, store, projectId, clock } = await open()
    const validFrom = '2025-01-01T00:00:00.000Z'
    const first = await call('semantic.remember', {
      projectId,
      content: 'The shop closes at six',
      validFrom,
      speaker: 'Ada',
    })
    expect(first).toMatchObject({ isDuplicate: false, redactions: 0, notices: [] })
    expect(first).toMatchObject({ memory: { content: 'The shop closes at six', validFrom } })
    const [id] = (await store.list({ projectId })).memories.map((memory) => memory.id)
    const memories = [{ content: 'The shop closes at six' }, { content: 'Tea' }]
    expect(await call('semantic.remember-many', { projectId, memories })).toMatchObject({
      duplicates: 1,
    })
    expect(await call('semantic.get', { id })).toEqual({ memory: first['memory'] })
    expect(await call('semantic.update', { id, tags: ['hours'] })).toMatchObject({
      memory: { tags: ['hours'] },
    })
    clock.advance(1000)
    const content = 'The shop closes at eight'
    expect(await call('semantic.supersede', { id, content, reason: 'new hours' })).toMatchObject({
      superseded: { memory: { content, version: 2 }, previous: { supersededReason: 'new hours' } },
    })
    expect(await call('semantic.history', { id })).toMatchObject({
      versions: [{ version: 1 }, { version: 2 }],
    })
    expect(await call('semantic.recall', { projectId, query: 'when does it close' })).toMatchObject(
      {
        results: [{ content, layer: 'semantic', speaker: 'Ada' }],
      },
    )
    expect(await call('semantic.search-across-projects', { query: 'close' })).toMatchObject({
      results: [{ content }],
    })
    expect(await call('semantic.list', { projectId, sort: 'accessed' })).toMatchObject({
      memories: [{ content, accessCount: 2 }, { content: 'Tea' }],
    })
    expect(await call('semantic.forget', { id })).toMatchObject({ forgotten: true, memories: 2 })
    expect(await call('semantic.get', { id })).toEqual({})
  })

  it('keep the memory in order', async () => {
    const { call, store, projectId } = await open()
    const { memory } = await store.remember({ projectId, content: 'Tea is green' })
    const ids = [memory.id]
    expect(await call('semantic.mark-accessed', { ids })).toEqual({ accessed: 1 })
    expect(await call('semantic.mark-retrieved', { ids })).toEqual({ retrieved: 1 })
    for (const state of ['consolidating', 'consolidated', 'labile']) {
      expect(await call('semantic.set-consolidation-state', { ids, state })).toMatchObject({
        memories: [{ consolidationState: state }],
      })
    }
    await call('semantic.recall', { projectId, query: 'tea' })
    expect(await call('semantic.reconsolidation-window', { projectId })).toMatchObject({
      memories: [{ id: memory.id }],
    })
    expect(await call('semantic.rescore', { projectId })).toEqual({ scored: 1, changed: 1 })
    expect(await call('semantic.quality', { id: memory.id })).toMatchObject({
      quality: { tier: expect.any(String) },
    })
    expect(await call('semantic.prune', { projectId })).toEqual({
      dryRun: true,
      memories: [],
      erased: 0,
    })
  })
})
