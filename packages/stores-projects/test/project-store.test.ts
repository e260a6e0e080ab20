import { describeEachBackend, createTestClock } from '@athena-memory/testing'
import { describe, expect, it } from 'vitest'
import { createProjectStore } from '../src/project-store.ts'

describeEachBackend('the project store', (database) => {
  const clock = createTestClock()
  const open = () => createProjectStore(database(), { now: clock.now })

  it('gives back what was created', async () => {
    const projects = open()
    const shop = await projects.create({
      name: ' shop ',
      path: '/home/ada/shop/',
      language: 'typescript',
      description: 'Sells tea',
      settings: { theme: { dark: true } },
    })
    expect(shop).toMatchObject({
      name: 'shop',
      path: '/home/ada/shop',
      settings: { theme: { dark: true } },
      createdAt: clock.now(),
      lastAccessedAt: clock.now(),
    })
    expect(await projects.get(shop.id)).toEqual(shop)
    expect(await projects.getByName('shop')).toEqual(shop)
  })

  it('answers undefined for what is not there', async () => {
    const projects = open()
    expect(await projects.get('none')).toBeUndefined()
    expect(await projects.getByName('none')).toBeUndefined()
    expect(await projects.getByPath('/none')).toBeUndefined()
    expect(await projects.touch('none')).toBeUndefined()
    expect(await projects.update('none', { language: 'go' })).toBeUndefined()
    expect(await projects.stats('none')).toBeUndefined()
    expect(await projects.remove('none')).toEqual({ removed: false, rows: {} })
  })

  it('names the field that another project has, and not its value', async () => {
    const projects = open()
    await projects.create({ name: 'shop', path: '/shop' })
    const other = await projects.create({ name: 'other' })
    const taken = { code: 'conflict', message: expect.not.stringContaining('shop') }
    await expect(projects.create({ name: 'shop' })).rejects.toMatchObject(taken)
    await expect(projects.create({ name: 'b', path: '/shop/' })).rejects.toThrow('path belongs')
    await expect(projects.update(other.id, { name: 'shop' })).rejects.toThrow('name belongs')
    await expect(projects.create({ name: ' ' })).rejects.toThrow('name must not be empty')
    await expect(projects.create({ name: 'c', path: 'shop' })).rejects.toThrow('must be absolute')
  })

  describe('getByPath', () => {
    it('finds the innermost project around a path', async () => {
      const projects = open()
      const outer = await projects.create({ name: 'outer', path: '/code' })
      const inner = await projects.create({ name: 'inner', path: '/code/a/inner' })
      expect(await projects.getByPath('/code/a/inner/src/x.ts')).toEqual(inner)
      expect(await projects.getByPath('/code/a/inner/')).toEqual(inner)
      expect(await projects.getByPath('/code/a')).toEqual(outer)
      expect(await projects.getByPath('/elsewhere')).toBeUndefined()
    })

    it('never takes a directory for another one that begins with the same letters', async () => {
      const projects = open()
      await projects.create({ name: 'proj', path: '/a/proj' })
      expect(await projects.getByPath('/a/proj2')).toBeUndefined()
      expect(await projects.getByPath('/a/proj2/src')).toBeUndefined()
      expect(await projects.getByPath('/a/pro')).toBeUndefined()
    })

    it('reads % and _ as letters', async () => {
      const projects = open()
      const odd = await projects.create({ name: 'odd', path: '/a/100%_x' })
      expect(await projects.getByPath('/a/100%_x/y')).toEqual(odd)
      expect(await projects.getByPath('/a/100abcx/y')).toBeUndefined()
      await projects.create({ name: 'wild', path: '/%' })
      expect(await projects.getByPath('/other')).toBeUndefined()
    })

    it('finds Windows directories whichever way they are written', async () => {
      const projects = open()
      const shop = await projects.create({ name: 'shop', path: 'C:\\Work\\shop' })
      expect(await projects.getByPath('c:/Work/shop/src')).toEqual(shop)
      expect(await projects.getByPath('D:\\Work\\shop')).toBeUndefined()
    })
  })

  it('lists the newest first, every project once', async () => {
    const projects = open()
    const made: string[] = []
    for (const name of ['a', 'b', 'c', 'd', 'e']) made.unshift((await projects.create({ name })).id)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await projects.list({ limit: 2, cursor })
      expect(page.projects.length).toBeLessThanOrEqual(2)
      seen.push(...page.projects.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(seen).toEqual(made)
  })

  it('touches and updates only what it is told to', async () => {
    const projects = open()
    const shop = await projects.create({ name: 'shop', path: '/shop', language: 'go' })
    clock.advance(1000)
    const touched = await projects.touch(shop.id)
    expect(touched).toEqual({ ...shop, lastAccessedAt: clock.now() })
    clock.advance(1000)
    const changed = await projects.update(shop.id, { language: null, name: 'tea', path: '/shop' })
    expect(changed).toEqual({
      ...touched,
      name: 'tea',
      language: undefined,
      updatedAt: clock.now(),
    })
    expect(await projects.get(shop.id)).toEqual(changed)
  })

  describe('ensure', () => {
    it('makes a project for a directory once', async () => {
      const projects = open()
      const first = await projects.ensure({ path: '/home/ada/shop' })
      expect(first).toMatchObject({ created: true, project: { name: 'shop' } })
      clock.advance(1000)
      const again = await projects.ensure({ path: '/home/ada/shop/src', name: 'ignored' })
      expect(again).toEqual({
        created: false,
        project: { ...first.project, lastAccessedAt: clock.now() },
      })
    })

    it('tells projects in directories of the same name apart by their parents', async () => {
      const projects = open()
      const names: string[] = []
      for (const path of ['/a/x/app', '/b/x/app', '/c/x/app', '/']) {
        names.push((await projects.ensure({ path })).project.name)
      }
      expect(names).toEqual(['app', 'x/app', 'c/x/app', '/'])
    })

    it('makes one project for twenty callers at once', async () => {
      const projects = open()
      const calls = Array.from({ length: 20 }, () => projects.ensure({ path: '/home/ada/shop' }))
      const results = await Promise.all(calls)
      expect(new Set(results.map(({ project }) => project.id)).size).toBe(1)
      expect(results.filter(({ created }) => created)).toHaveLength(1)
    })
  })

  it('works inside a transaction of the caller', async () => {
    const failure = new Error('changed my mind')
    const work = database().transaction(async (tx) => {
      await createProjectStore(tx).ensure({ path: '/gone' })
      throw failure
    })
    await expect(work).rejects.toBe(failure)
    expect(await open().getByPath('/gone')).toBeUndefined()
  })
})
