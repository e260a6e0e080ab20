import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bindOperations, createRegistry, toJsonSchema } from '@athena-memory/operations'
import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { episodicOperations } from '../src/operations/episodic-operations.ts'
import { createRepository } from './git-repository.ts'
import { openEpisodic } from './open-episodic.ts'

const secret = 'zebrafinch'

describeEachBackend('episodic operations', (database) => {
  const open = async () => {
    const opened = await openEpisodic(database())
    const { call } = createRegistry(bindOperations(opened.store, episodicOperations))
    return { ...opened, call }
  }

  it('are one for each method of the store', async () => {
    const { store } = await open()
    const verbs = Object.keys(store).map((method) =>
      method.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    )
    expect(episodicOperations.map(({ verb }) => verb).toSorted()).toEqual(verbs.toSorted())
  })

  it('have schemas that JSON can carry, and examples that they accept', () => {
    for (const { input, output, examples } of episodicOperations) {
      expect(toJsonSchema(input, 'input').type).toBe('object')
      expect(toJsonSchema(output, 'output').type).toBe('object')
      expect(examples.length).toBeGreaterThan(0)
      for (const example of examples) expect(input.safeParse(example.input).success).toBe(true)
    }
  })

  it('carry an event through its life', async () => {
    const { call, store, projectId } = await open()
    const error = {
      content: 'The parser fails',
      eventType: 'error',
      occurredAt: '2025-12-31T23:00:00.000Z',
      files: ['a.ts'],
      symbols: ['parse'],
      code: { errorType: 'TypeError' },
    }
    const recorded = await call('episodic.record', { projectId, ...error })
    expect(recorded).toMatchObject({ isDuplicate: false, notices: [], episode: error })
    const fix = { content: 'Fixed it', eventType: 'commit', files: ['a.ts'] }
    expect(await call('episodic.record-many', { projectId, episodes: [error, fix] })).toMatchObject(
      { duplicates: 1 },
    )
    const [toId, fromId] = (await store.list({ projectId })).episodes.map(({ id }) => id)
    const filters = { projectId, from: '2025-12-31T00:00:00Z', limit: 5 }
    for (const [name, list] of [
      ['episodic.list', 'episodes'],
      ['episodic.recent', 'episodes'],
      ['episodic.timeline', 'days'],
    ] as const) {
      const { from, ...rest } = filters
      const result = await call(name, name === 'episodic.recent' ? rest : { ...rest, from })
      expect(result[list]).toHaveLength(2)
    }
    expect(await call('episodic.get', { id: fromId })).toEqual({ episode: recorded['episode'] })
    expect(await call('episodic.get', { id: 'none' })).toEqual({})
    expect(await call('episodic.search', { projectId, query: 'parser' })).toMatchObject({
      results: [{ content: 'The parser fails', layer: 'episodic' }],
    })
    await call('episodic.relate', { fromId, toId, relationType: 'caused' })
    expect(await call('episodic.related', { id: fromId })).toMatchObject({
      related: [{ relationType: 'caused', strength: 1, direction: 'out' }],
    })
    await call('episodic.add-metric', { episodeId: toId, name: 'coverage', value: 0.9 })
    expect(await call('episodic.metrics', { projectId })).toMatchObject({
      metrics: [{ episodeId: toId, name: 'coverage', value: 0.9 }],
    })
    expect(await call('episodic.causes', { id: toId })).toMatchObject({
      causes: [{ episode: { id: fromId }, repair: 1, overlap: 1 }],
    })
    expect(await call('episodic.chain', { id: toId, gapMinutes: 90 })).toMatchObject({
      chain: { episodes: [{ id: fromId }, { id: toId }], isCutBefore: false },
    })
    expect(await call('episodic.most-surprising', { projectId })).toEqual({ episodes: [] })
    expect(await call('episodic.segment-by-surprise', { projectId })).toMatchObject({
      segments: [{ episodeIds: [fromId, toId] }],
    })
    expect(
      await call('episodic.set-consolidation-state', { ids: [toId], state: 'consolidating' }),
    ).toMatchObject({ episodes: [{ consolidationState: 'consolidating' }] })
    expect(await call('episodic.forget', { id: fromId })).toMatchObject({
      forgotten: true,
      relations: 1,
    })
  })

  it('read histories, logs and transcripts', async () => {
    const { call, projectId } = await open()
    const repository = await createRepository()
    await repository.commit('Begin')
    expect(await call('episodic.ingest-git', { projectId, path: repository.path })).toMatchObject({
      added: 1,
    })
    await repository.remove()
    const folder = await mkdtemp(join(tmpdir(), 'episodic-operations-'))
    const path = join(folder, 'file.jsonl')
    await writeFile(path, '{"content":"Sold tea","occurredAt":"2026-01-01T00:00:00+01:00"}\n')
    expect(await call('episodic.ingest-jsonl', { projectId, path })).toMatchObject({ added: 1 })
    expect(await call('episodic.ingest-transcript', { projectId, path })).toMatchObject({
      lines: 1,
    })
    await rm(folder, { recursive: true })
  })

  it('never hold anything of an event in their errors', async () => {
    const { call, store, projectId } = await open()
    const event = { projectId, content: `The ${secret} sings`, source: secret, files: [secret] }
    const { episode } = await store.record(event)
    const failing = [
      ['episodic.record', { ...event, projectId: 'none' }],
      ['episodic.record', { ...event, eventType: secret }],
      ['episodic.record', { ...event, code: { language: 7, diff: secret } }],
      ['episodic.record', { ...event, files: [secret, 'é'.repeat(1900)] }],
      ['episodic.record-many', { projectId, episodes: [{ content: secret, outcome: secret }] }],
      ['episodic.list', { projectId, cursor: secret }],
      ['episodic.timeline', { projectId, cursor: secret }],
      ['episodic.relate', { fromId: episode.id, toId: secret, relationType: 'caused' }],
      ['episodic.relate', { fromId: episode.id, toId: 'x', relationType: `${secret} x` }],
      ['episodic.add-metric', { episodeId: secret, name: secret, value: 1 }],
      ['episodic.set-consolidation-state', { ids: [episode.id], state: 'consolidated' }],
      ['episodic.ingest-git', { projectId, path: `/nowhere/${secret}` }],
      ['episodic.ingest-jsonl', { projectId, path: `/nowhere/${secret}` }],
      ['episodic.ingest-transcript', { projectId, path: `/nowhere/${secret}` }],
    ] as const
    for (const [name, input] of failing) {
      const error: unknown = await call(name, input).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      const message = error instanceof Error ? error.message : `${name} was no error`
      expect(message).toMatch(/^(Storage:|invalid input|episodic\.)/)
      expect(message).not.toContain('was no error')
      expect(message).not.toContain(secret)
    }
  })
})
