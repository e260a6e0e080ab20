import { bindOperations, createRegistry } from '@athena-memory/operations'
import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { projectOperations } from '../src/project-operations.ts'
import { createProjectStore, type ProjectStore } from '../src/project-store.ts'

describeEachBackend('project operations', (database) => {
  const open = () =>
    createRegistry(bindOperations(createProjectStore(database()), projectOperations))

  it('are one for each method of the store', () => {
    const methods: (keyof ProjectStore)[] = [
      'create',
      'get',
      'getByName',
      'getByPath',
      'list',
      'touch',
      'ensure',
      'update',
      'remove',
      'stats',
    ]
    const verbs = methods.map((method) => method.replaceAll(/[A-Z]/g, (x) => `-${x.toLowerCase()}`))
    expect(projectOperations.map(({ verb }) => verb)).toEqual(verbs)
    expect(Object.keys(createProjectStore(database()))).toEqual(methods)
  })

  it('carry a project through its life', async () => {
    const { call } = open()
    const made = await call('projects.ensure', { path: '/home/ada/shop' })
    expect(made).toMatchObject({ created: true, project: { name: 'shop', settings: {} } })
    const { projects } = await call('projects.list', {})
    expect(projects).toEqual([made['project']])
    const [id] = (await createProjectStore(database()).list()).projects.map((each) => each.id)
    expect(await call('projects.get', { id })).toEqual({ project: made['project'] })
    expect(await call('projects.get-by-name', { name: 'shop' })).toHaveProperty('project')
    expect(await call('projects.get-by-path', { path: '/home/ada/shop/a' })).toHaveProperty(
      'project',
    )
    expect(await call('projects.touch', { id })).toHaveProperty('project.lastAccessedAt')
    expect(
      await call('projects.update', { id, description: 'Tea', settings: { a: [1] }, path: null }),
    ).toMatchObject({ project: { description: 'Tea', settings: { a: [1] } } })
    expect(await call('projects.stats', { id })).toMatchObject({ stats: { rows: { memories: 0 } } })
    expect(await call('projects.remove', { id })).toMatchObject({ removed: true })
    expect(await call('projects.get', { id })).toEqual({})
  })

  it('say what is wrong without repeating what was given', async () => {
    const { call } = open()
    await call('projects.create', { name: 'secretname' })
    const mistakes = [
      { name: 'projects.create', input: { name: 'secretname' }, says: 'name belongs to another' },
      { name: 'projects.get-by-path', input: { path: 'secretname/x' }, says: 'must be absolute' },
      { name: 'projects.create', input: { nam: 'secretname' }, says: 'did you mean "name"?' },
    ]
    for (const { name, input, says } of mistakes) {
      const error = await call(name, input).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ message: expect.stringContaining(says) })
      expect(error).toMatchObject({ message: expect.not.stringContaining('secretname') })
    }
  })
})
