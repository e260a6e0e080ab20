import { describeEachBackend } from '@athena-memory/testing'
import { beforeEach, expect, it } from 'vitest'
import {
  type Athena,
  describeOperations,
  type LayerName,
  openAthena,
  openOperations,
} from '../src/index.ts'

describeEachBackend('athena', (database) => {
  let athena: Athena

  beforeEach(async () => {
    athena = await openAthena({ database: database(), project: 'shop', env: {}, cwd: '/' })
  })

  it('recalls what it was just told', async () => {
    await athena.remember('Invoices go out by e-mail on the first of the month')
    await athena.remember('The warehouse is in Gdansk', { memoryType: 'fact', tags: ['place'] })
    const { results, notices } = await athena.recall('when do invoices go out?')
    expect(results[0]).toMatchObject({ layer: 'semantic', kind: 'fact' })
    expect(results[0]?.content).toContain('first of the month')
    expect(notices).toEqual([])
  })

  it('forgets so that nothing finds it any more', async () => {
    const { memory } = await athena.remember('The launch code word is periwinkle')
    expect(await athena.forget(memory.id)).toMatchObject({ forgotten: true, layer: 'semantic' })
    expect((await athena.recall('periwinkle launch code')).results).toEqual([])
    expect(await athena.forget(memory.id)).toMatchObject({ id: memory.id, forgotten: false })
  })

  it('notes what it was asked for', async () => {
    const { memory } = await athena.remember('The gate code changes every Monday')
    await athena.recall('when does the gate code change?')
    const found = await athena.semantic.get(memory.id)
    expect(found).toMatchObject({ accessCount: 1, lastRetrievedAt: expect.any(Date) })
  })

  it('keeps projects apart unless all are asked', async () => {
    await athena.remember('The shop sells lamps')
    await athena.remember('The garage sells tyres', { project: 'garage' })
    const contents = async (options: Parameters<Athena['recall']>[1]) =>
      (await athena.recall('what does it sell?', options)).results.map(({ content }) => content)
    expect(await contents({})).toEqual(['The shop sells lamps'])
    expect(await contents({ project: 'garage' })).toEqual(['The garage sells tyres'])
    expect(await contents({ allProjects: true })).toHaveLength(2)
    await expect(athena.recall('x', { project: 'no such project' })).rejects.toThrow('project:')
  })

  it('finds the project by the working directory', async () => {
    const project = await athena.projects.create({ name: 'bakery', path: '/home/ada/bakery' })
    const there = await openAthena({ database: database(), env: {}, cwd: '/home/ada/bakery/src' })
    expect(await there.projectId()).toBe(project.id)
    const elsewhere = await openAthena({ database: database(), env: {}, cwd: '/home/ada' })
    expect((await elsewhere.status()).project.name).toBe('default')
  })

  it('makes a project once for callers that come together', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => athena.projectId('new')))
    expect(new Set(ids).size).toBe(1)
  })

  it('keeps all of a transaction over several layers, or nothing', async () => {
    const work = athena.transaction(async ({ projects, semantic }) => {
      const { id } = await projects.create({ name: 'half-made' })
      await semantic.remember({ projectId: id, content: 'Half of it is done' })
      throw new Error('changed my mind')
    })
    await expect(work).rejects.toThrow('changed my mind')
    expect(await athena.projects.getByName('half-made')).toBeUndefined()
    expect((await athena.recall('what is done?', { allProjects: true })).results).toEqual([])
  })

  it('offers every layer as operations that take the name of the project', async () => {
    const names = athena.operations.list().map(({ name }) => name)
    expect((await describeOperations()).map(({ name }) => name)).toEqual(names)
    expect(names).toEqual(expect.arrayContaining(['memory.recall', 'memory.forget']))
    expect(names).toEqual(expect.arrayContaining(['projects.create', 'semantic.remember']))
    await athena.operations.call('semantic.remember', {
      content: 'Tea is served at five',
      project: 'hotel',
    })
    const recalled = await athena.operations.call('memory.recall', {
      query: 'when is tea served?',
      project: 'hotel',
    })
    expect(recalled).toMatchObject({ results: [{ content: 'Tea is served at five' }] })
    await athena.operations.call('semantic.remember-many', {
      project: 'hotel',
      memories: [{ content: 'Breakfast ends at ten' }, { content: 'The pool is heated' }],
    })
    expect(await athena.operations.call('memory.status', {})).toMatchObject({ documents: 3 })
    const wrong = athena.operations.call('semantic.remember', { content: 'x', projectt: 'hotel' })
    await expect(wrong).rejects.toThrow('did you mean "project"?')
  })

  it('opens one layer without the others', async () => {
    const open = async (layer: LayerName) =>
      (await openOperations(layer, { database: database(), project: 'shop', env: {}, cwd: '/' }))
        .operations
    const semantic = await open('semantic')
    await semantic.call('semantic.remember', { content: 'The lift is out of order' })
    const memory = await open('memory')
    expect(await memory.call('memory.recall', { query: 'is the lift working?' })).toMatchObject({
      results: [{ content: 'The lift is out of order' }],
    })
    const conversation = await open('conversation')
    const names = conversation.list().map(({ name }) => name)
    const described = await describeOperations({ layers: ['conversation'] })
    expect(names).toEqual(described.map(({ name }) => name))
    expect(await conversation.call('conversation.recent', {})).toEqual({
      threads: [],
    })
  })

  it('says how it is', async () => {
    await athena.remember('Something to count')
    const status = await athena.operations.call('memory.status', {})
    expect(status).toMatchObject({
      project: { name: 'shop' },
      documents: 1,
      layers: { semantic: 1 },
      embedding: { kind: 'lexical', status: 'ok', embedded: 1, pending: 0 },
    })
  })

  it('shows tenants nothing of each other', async () => {
    await athena.remember('The default tenant likes violets')
    const other = await athena.forTenant('other')
    expect((await other.recall('who likes violets?', { allProjects: true })).results).toEqual([])
    await other.remember('The other tenant likes roses')
    expect((await athena.recall('roses', { allProjects: true })).results).toEqual([])
    await other.close()
  })
})
