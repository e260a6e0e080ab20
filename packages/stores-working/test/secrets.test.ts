import { describeEachBackend, tablesWith } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { createWorkingStore } from '../src/working-store.ts'
import { openWorking } from './open-working.ts'

// Put together here, so that this file holds nothing that looks like a secret.
const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`
const words = /a1B2c3D4/i
const cut = '[redacted secret]'

describeEachBackend('secrets in working memory', (database) => {
  const text = `Deploy with TOKEN=${token}`
  const source = `https://x?t=${token}`

  it('are cut out of items and of all that becomes of them, and counted', async () => {
    const { store, projectId } = await openWorking(database())
    const origin = { env: [{ value: token }] }
    const one = await store.hold({ projectId, content: text, source, origin })
    expect(one).toMatchObject({
      redactions: 3,
      item: { content: `Deploy with TOKEN=${cut}`, origin: { env: [{ value: cut }] } },
    })
    const two = await store.hold({ projectId, content: 'Tea is green' })
    expect(two.redactions).toBe(0)
    const itemIds = [one.item.id, two.item.id]
    const chunk = await store.chunk({ projectId, itemIds, content: token, source })
    const content = `${cut}\nDeploy with TOKEN=${cut}\nTea is green`
    expect(chunk).toMatchObject({ redactions: 2, item: { content } })
    await store.route(chunk.item.id)
    await store.consolidate({ projectId, ids: [chunk.item.id], layer: 'semantic' })
    const { query, tables } = database()
    expect(await query.select().from(tables.memories)).toMatchObject([{ content }])
    expect(await tablesWith(database(), words)).toEqual([])
  })

  it('are cut out of paths, which are held once all the same', async () => {
    const { store, projectId } = await openWorking(database())
    const place = { projectId, path: `/keys/${token}`, pathKind: 'file' as const }
    const first = await store.track({ ...place, content: text })
    expect(first).toMatchObject({ redactions: 2, item: { path: `/keys/${cut}` } })
    const again = await store.track({ ...place, content: text })
    expect(again).toMatchObject({ redactions: 2, item: { id: first.item.id, accessCount: 1 } })
    const other = { ...place, path: `/other/${token}` }
    expect((await store.track(other)).item.content).toBe(`/other/${cut}`)
    expect(await tablesWith(database(), words)).toEqual([])
  })

  it('are cut out of goals', async () => {
    const { store, projectId } = await openWorking(database())
    const goal = await store.setGoal({ projectId, content: text, completionCriteria: token })
    expect(goal).toMatchObject({
      content: `Deploy with TOKEN=${cut}`,
      completionCriteria: cut,
    })
    expect(await tablesWith(database(), words)).toEqual([])
  })

  it('are refused or kept by policy', async () => {
    const { store, documents, projectId } = await openWorking(database(), {
      secretPolicy: 'refuse',
    })
    const refused = [
      () => store.hold({ projectId, content: text }),
      () => store.hold({ projectId, content: 'x', origin: { [token]: 1 } }),
      () => store.track({ projectId, path: token, pathKind: 'file' }),
      () => store.setGoal({ projectId, content: text }),
    ]
    for (const attempt of refused) await expect(attempt).rejects.toThrow('holds a key, token or')
    expect(await tablesWith(database(), words)).toEqual([])
    const open = createWorkingStore(database(), { documents, secretPolicy: 'allow' })
    expect((await open.hold({ projectId, content: text })).item.content).toBe(text)
  })
})
