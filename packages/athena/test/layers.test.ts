import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeEachBackend } from '@athena-memory/testing'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { type Athena, describeOperations, openAthena } from '../src/index.ts'

/** What each layer can do, in the verbs of operations. */
const verbs: Readonly<Record<string, string>> = {
  episodic: `record record-many get list recent search timeline relate related add-metric metrics most-surprising
    segment-by-surprise chain causes ingest-git ingest-jsonl ingest-transcript forget`,
  conversation: `start-session end-session start-thread add-message thread search recent summarize snapshot recover
    resumption-brief archive export ingest-jsonl forget`,
  graph: `add-entity add-entities get-entity find-entities remove-entity relate unrelate observe observations neighbours
    subgraph shortest-path centrality detect-communities communities summarize-community bridges promote as-of mermaid
    import-jsonl export-jsonl`,
  working: `hold get list rehearse focus release clear capacity decay set-goal progress-goal complete-goal suspend-goal
    resume-goal goal-tree bind chunk workspace route route-batch feedback train stats`,
  attention: `link strengthen weaken neighbours spread path prune coactivate focus shift-focus return-to-previous
    inhibit release salience prime`,
  meta: `record-access quality low-quality domains expertise gaps resolve-gap transfer calibrate load report`,
}

it('offers everything that each layer can do', async () => {
  const names = new Set((await describeOperations()).map(({ name }) => name))
  const missing = Object.entries(verbs).flatMap(([layer, list]) =>
    list.split(/\s+/).flatMap((verb) => (names.has(`${layer}.${verb}`) ? [] : `${layer}.${verb}`)),
  )
  expect(missing).toEqual([])
})

describeEachBackend('the layers of knowledge', (database) => {
  let athena: Athena
  let projectId: string

  beforeEach(async () => {
    athena = await openAthena({ database: database(), project: 'shop', env: {}, cwd: '/' })
    projectId = await athena.projectId()
  })

  const layersOf = async (options: Parameters<Athena['recall']>[1] = {}) =>
    (await athena.recall('where is the samovar?', options)).results.map(({ layer }) => layer)

  const fillAll = async () => {
    await athena.semantic.remember({ projectId, content: 'The samovar is in the kitchen' })
    await athena.episodic.record({ projectId, content: 'Moved the samovar to the hall' })
    const { session } = await athena.conversation.startSession({ projectId })
    const { id } = await athena.conversation.startThread({ sessionId: session.id })
    await athena.conversation.addMessage(id, { role: 'user', content: 'Who has the samovar?' })
    const { entity } = await athena.graph.addEntity({
      projectId,
      name: 'samovar',
      entityType: 'thing',
    })
    await athena.graph.observe({ entityId: entity.id, content: 'The samovar is of brass' })
    await athena.working.hold({ projectId, content: 'Polish the samovar' })
  }

  it('are found by one question, and can be asked one by one', async () => {
    await fillAll()
    expect(new Set(await layersOf())).toEqual(
      new Set(['semantic', 'episodic', 'conversation', 'graph', 'working']),
    )
    for (const layer of ['semantic', 'episodic', 'conversation', 'graph', 'working']) {
      expect(new Set(await layersOf({ layers: [layer] }))).toEqual(new Set([layer]))
    }
    expect(new Set(await layersOf({ layers: ['graph', 'working'] }))).toEqual(
      new Set(['graph', 'working']),
    )
  })

  it('are noted together when they are recalled, and then go together', async () => {
    await fillAll()
    const { results } = await athena.recall('where is the samovar?')
    const { associations } = await athena.attention.coactivate({ projectId })
    expect(associations).toBe((results.length * (results.length - 1)) / 2)
    const [first] = results
    if (first === undefined) throw new Error('it was found')
    const item = { layer: first.layer, id: first.id }
    const { neighbours } = await athena.attention.neighbours({ projectId, item })
    expect(neighbours).toHaveLength(results.length - 1)
  })

  it('forget a row of any of them, and whatever names it', async () => {
    await fillAll()
    await athena.recall('where is the samovar?')
    const { results } = await athena.recall('where is the samovar?')
    for (const { id, layer } of results) {
      const { forgotten, layer: from } = await athena.forget(id)
      // An observation has gone with its entity, where that came first.
      expect(forgotten ? from : 'graph').toBe(layer)
      const item = { layer, id }
      expect(await athena.meta.quality({ projectId, items: [item] })).toEqual([])
      const { neighbours } = await athena.attention.neighbours({ projectId, item })
      expect(neighbours).toEqual([])
    }
    expect(await layersOf()).toEqual([])
    const { accessLog } = database().tables
    expect(await database().query.$count(accessLog)).toBe(0)
    expect(await athena.forget('no such row')).toMatchObject({ forgotten: false })
  })

  it('take in what overflows working memory, with its text', async () => {
    const contents = Array.from({ length: 9 }, (_, shelf) => `Shelf ${shelf} holds blue tea`)
    for (const content of contents) {
      await athena.working.hold({ projectId, content, tags: ['tea'], source: 'stock list' })
    }
    const { items } = await athena.working.list({ projectId })
    const { results } = await athena.recall('blue tea shelf', { limit: 20 })
    expect(items.length).toBeLessThanOrEqual(7)
    expect(results.map(({ content }) => content).toSorted()).toEqual(contents)
    const moved = results.filter(({ layer }) => layer !== 'working')
    expect(moved.length).toBe(contents.length - items.length)
    for (const { id } of moved.filter(({ layer }) => layer === 'semantic')) {
      expect(await athena.semantic.get(id)).toMatchObject({ tags: ['tea'], source: 'stock list' })
    }
    expect(
      (await athena.recall('blue tea', { layers: ['semantic', 'episodic'] })).results,
    ).not.toEqual([])
  })

  it('leave an episode for every call of a tool in a transcript, once', async () => {
    const line = (value: object) => JSON.stringify(value)
    const text = [
      line({
        role: 'user',
        content: 'Run the tests',
        timestamp: '2026-03-01T10:00:00Z',
        sessionId: 's',
      }),
      'not json',
      line({
        role: 'assistant',
        content: null,
        timestamp: '2026-03-01T10:00:05Z',
        sessionId: 's',
        tool_calls: [
          {
            id: 'c1',
            type: 'function',
            function: { name: 'bash', arguments: '{"command":"make"}' },
          },
        ],
      }),
    ].join('\n')
    const report = await athena.conversation.ingestJsonl({ projectId, text })
    expect(report).toMatchObject({ problems: [{ line: 2, isSkipped: true }] })
    const { episodes } = await athena.episodic.list({ projectId })
    expect(episodes).toMatchObject([
      { eventType: 'tool_call', sessionId: 's', occurredAt: new Date('2026-03-01T10:00:05Z') },
    ])
    await athena.conversation.ingestJsonl({ projectId, text })
    expect((await athena.episodic.list({ projectId })).episodes).toHaveLength(1)
  })

  it('brief on the goals that are open', async () => {
    const goal = await athena.working.setGoal({ projectId, content: 'Ship the samovars' })
    const { session } = await athena.conversation.startSession({ projectId })
    const { id } = await athena.conversation.startThread({ sessionId: session.id })
    await athena.conversation.addMessage(id, { role: 'user', content: 'Where were we?' })
    const { text } = await athena.conversation.resumptionBrief({ projectId })
    expect(text).toContain(goal.content)
  })

  it('show in what is known of each domain, and in what is missing', async () => {
    expect((await athena.meta.domains({ projectId })).domains).toEqual([])
    await athena.semantic.remember({
      projectId,
      content: 'Lint first',
      domain: 'code',
      confidence: 0.8,
    })
    await athena.episodic.record({ projectId, content: 'Ran tests', eventType: 'test_run' })
    const known = await athena.meta.expertise({ projectId, domain: 'code' })
    expect(known?.expertise?.score).toBeGreaterThan(0)
    await athena.semantic.remember({
      projectId,
      content: 'Test then',
      domain: 'code',
      confidence: 0.8,
    })
    const more = await athena.meta.expertise({ projectId, domain: 'code' })
    expect(more?.expertise?.score).toBeGreaterThan(known?.expertise?.score ?? 0)
    const { gaps } = await athena.meta.gaps({ projectId })
    expect(gaps.map(({ kind }) => kind)).toContain('few-memories')
    for (const number of [1, 2, 3, 4, 5]) {
      const content = `Release notes go to list ${number}`
      await athena.semantic.remember({ projectId, content, domain: 'code' })
    }
    const left = (await athena.meta.gaps({ projectId })).gaps
    expect(left.filter(({ kind, domain }) => kind === 'few-memories' && domain === 'code')).toEqual(
      [],
    )
    expect(await athena.meta.load({ projectId })).toMatchObject({ active: 0 })
  })

  it('keep all of a transaction over several of them, or nothing', async () => {
    const work = athena.transaction(async ({ graph, episodic, working }) => {
      await graph.addEntity({ projectId, name: 'undone', entityType: 'thing' })
      await episodic.record({ projectId, content: 'Undone event' })
      await working.hold({ projectId, content: 'Undone thought' })
      throw new Error('changed my mind')
    })
    await expect(work).rejects.toThrow('changed my mind')
    expect((await athena.recall('undone')).results).toEqual([])
    expect((await athena.graph.findEntities({ projectId })).entities).toEqual([])
  })

  it('read no files where their callers are elsewhere', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'athena-files-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const path = join(folder, 'log.jsonl')
    writeFileSync(path, '{"role":"user","content":"private","sessionId":"s"}\n')
    const served = await openAthena({ database: database(), env: {}, cwd: '/', localFiles: false })
    const names = served.operations.list().map(({ name }) => name)
    expect(names.filter((name) => /ingest/.test(name))).toEqual(['conversation.ingest-jsonl'])
    const described = await describeOperations({ localFiles: false })
    expect(described.map(({ name }) => name)).toEqual(names)
    const reading = served.operations.call('conversation.ingest-jsonl', { path })
    await expect(reading).rejects.toThrow('path: this memory reads no files')
  })
})
