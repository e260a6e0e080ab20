import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { addProject, openWorking } from './open-working.ts'

describeEachBackend('goals', (database) => {
  it('are set, found by search, and take no place of items', async () => {
    const { store, documents, projectId, clock } = await openWorking(database())
    const dueAt = new Date('2026-03-01T00:00:00Z')
    const goal = await store.setGoal({
      projectId,
      content: 'Release the shop',
      priority: 8,
      completionCriteria: 'It is online',
      dueAt,
    })
    expect(goal).toEqual({
      id: goal.id,
      projectId,
      parentId: undefined,
      content: 'Release the shop',
      goalType: 'primary',
      priority: 8,
      status: 'active',
      progress: 0,
      completionCriteria: 'It is online',
      dueAt,
      suspendedAt: undefined,
      completedAt: undefined,
      createdAt: clock.now(),
      updatedAt: clock.now(),
    })
    expect(await store.getGoal(goal.id)).toEqual(goal)
    expect(await store.getGoal('none')).toBeUndefined()
    const { results } = await documents.search('what is to be released?', { projectId })
    expect(results).toMatchObject([{ layer: 'working', kind: 'goal', sourceId: goal.id }])
    expect((await store.capacity(projectId)).every(({ held }) => held === 0)).toBe(true)
  })

  it('go on, rest and end, each step in its place', async () => {
    const { store, projectId, clock } = await openWorking(database())
    const { id } = await store.setGoal({ projectId, content: 'Release' })
    expect(await store.progressGoal(id, 0.4)).toMatchObject({
      status: 'in_progress',
      progress: 0.4,
    })
    const suspendedAt = clock.now()
    expect(await store.suspendGoal(id)).toMatchObject({ status: 'suspended', suspendedAt })
    clock.advance(1000)
    expect(await store.suspendGoal(id)).toMatchObject({ suspendedAt })
    await expect(store.progressGoal(id, 0.5)).rejects.toThrow('must be resumed first')
    const resumed = await store.resumeGoal(id)
    expect(resumed).toMatchObject({ status: 'in_progress', suspendedAt: undefined })
    await expect(store.progressGoal(id, 1.5)).rejects.toThrow('progress must be from 0 to 1')
    const completed = { status: 'completed', progress: 1, completedAt: clock.now() }
    expect(await store.progressGoal(id, 1)).toMatchObject(completed)
    for (const change of [store.suspendGoal, store.resumeGoal]) {
      await expect(change(id)).rejects.toMatchObject({ code: 'invalid' })
    }
    await expect(store.progressGoal(id, 0)).rejects.toThrow('a completed goal cannot be changed')
    expect(await store.completeGoal(id)).toEqual([])
    expect(await store.progressGoal('none', 0.5)).toBeUndefined()
    expect(await store.completeGoal('none')).toEqual([])
  })

  it('form a tree, each goal before those that serve it', async () => {
    const { store, projectId } = await openWorking(database())
    const set = async (content: string, parentId?: string, priority = 5) =>
      (await store.setGoal({ projectId, content, parentId, priority })).id
    const root = await set('root', undefined, 3)
    const late = await set('late', root, 2)
    const soon = await set('soon', root, 9)
    const deep = await set('deep', late)
    const second = await set('second', undefined, 1)
    const { goals } = await store.goalTree({ projectId })
    expect(goals.map(({ id, depth }) => [id, depth])).toEqual([
      [root, 0],
      [soon, 1],
      [late, 1],
      [deep, 2],
      [second, 0],
    ])
    expect(goals[3]).toMatchObject({ path: [root, late, deep], goalType: 'subgoal' })
    const under = await store.goalTree({ projectId, goalId: late })
    expect(under.goals.map(({ id }) => id)).toEqual([late, deep])
    const first = await store.goalTree({ projectId, limit: 1 })
    expect(first.goals).toHaveLength(4)
    const next = await store.goalTree({ projectId, limit: 1, cursor: first.nextCursor })
    expect(next.goals.map(({ id }) => id)).toEqual([second])
    expect((await store.goalTree({ projectId: 'none', goalId: late })).goals).toEqual([])
  })

  it('complete those that serve them only if asked to', async () => {
    const { store, projectId } = await openWorking(database())
    const { id: parentId } = await store.setGoal({ projectId, content: 'root' })
    const { id } = await store.setGoal({ projectId, content: 'part', parentId })
    await store.suspendGoal(id)
    const { id: other } = await store.setGoal({ projectId, content: 'step', parentId: id })
    expect((await store.completeGoal(other)).map((goal) => goal.id)).toEqual([other])
    const completed = await store.completeGoal(parentId, { cascade: true })
    expect(completed.map((goal) => [goal.id, goal.status, goal.suspendedAt])).toEqual([
      [parentId, 'completed', undefined],
      [id, 'completed', undefined],
    ])
    const refused = store.setGoal({ projectId, content: 'more', parentId })
    await expect(refused).rejects.toThrow('parentId must be a goal that is not completed')
  })

  it('are listed with the most urgent first, a page at a time', async () => {
    const { store, projectId } = await openWorking(database())
    const ids: string[] = []
    for (const priority of [1, 10, 2, 10, 9]) {
      ids.push((await store.setGoal({ projectId, content: `p${priority}`, priority })).id)
    }
    const order = [3, 1, 4, 2, 0].map((index) => ids[index])
    const first = await store.listGoals({ projectId, limit: 3 })
    const rest = await store.listGoals({ projectId, limit: 3, cursor: first.nextCursor })
    expect([...first.goals, ...rest.goals].map(({ id }) => id)).toEqual(order)
    expect(rest.nextCursor).toBeUndefined()
    await store.completeGoal(ids[1] ?? '')
    expect((await store.listGoals({ projectId })).goals).toHaveLength(4)
    const done = await store.listGoals({ projectId, statuses: ['completed'] })
    expect(done.goals.map(({ id }) => id)).toEqual([ids[1]])
    await expect(store.listGoals({ projectId, cursor: 'x' })).rejects.toThrow('cursor must be')
  })

  it('are refused where a field is wrong', async () => {
    const { store, projectId } = await openWorking(database())
    const other = await addProject(database(), 'other')
    const { id: parentId } = await store.setGoal({ projectId: other, content: 'elsewhere' })
    const wrong = [
      [{ content: ' ' }, 'content must not be empty'],
      [{ content: 'x'.repeat(10_001) }, 'content must have at most 10000'],
      [{ content: 'x', priority: 11 }, 'priority must be an integer from 1 to 10'],
      [{ content: 'x', parentId }, 'parentId must be a goal of the project'],
      [{ content: 'x', parentId: 'none' }, 'parentId must be a goal of the project'],
    ] as const
    for (const [goal, message] of wrong) {
      await expect(store.setGoal({ projectId, ...goal })).rejects.toThrow(message)
    }
    let deepest: string | undefined
    for (let depth = 0; depth < 10; depth += 1) {
      const goal = { projectId, content: `${depth}`, parentId: deepest }
      deepest = (await store.setGoal(goal)).id
    }
    const tooDeep = store.setGoal({ projectId, content: '10', parentId: deepest })
    await expect(tooDeep).rejects.toThrow('parentId must be a goal at most 9 levels deep')
  })
})
