import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { createAttentionStore, attentionOperations } from '../src/index.ts'

const day = (dayOfMonth: number) => new Date(Date.UTC(2026, 0, dayOfMonth))

/** A document that was written on a day of January 2026. */
const document = (sourceId: string, layer: string, dayOfMonth: number) => ({
  id: `document-${sourceId}`,
  projectId: 'project',
  layer,
  sourceId,
  kind: 'note',
  content: `About ${sourceId}`,
  tags: [],
  stems: 'about',
  pieces: '',
  length: 2,
  createdAt: day(dayOfMonth),
  updatedAt: day(dayOfMonth),
})

describeEachBackend('attention', (database) => {
  const fill = () =>
    database().transaction(async (tx) => {
      const times = { createdAt: day(1), updatedAt: day(1) }
      await tx.query
        .insert(tx.tables.projects)
        .values({ id: 'project', name: 'Project', settings: {}, ...times })
      await tx.query
        .insert(tx.tables.documents)
        .values([
          document('old', 'attention', 1),
          document('new', 'attention', 2),
          document('foreign', 'another-layer', 3),
        ])
    })

  it('lists the newest entries of its own layer first', async () => {
    await fill()
    const entries = await createAttentionStore(database()).recent('project', 10)
    expect(entries).toEqual([
      { id: 'new', content: 'About new', createdAt: day(2) },
      { id: 'old', content: 'About old', createdAt: day(1) },
    ])
  })

  it('lists no more than asked for, and nothing of another project', async () => {
    await fill()
    const store = createAttentionStore(database())
    expect(await store.recent('project', 1)).toMatchObject([{ id: 'new' }])
    expect(await store.recent('another', 10)).toEqual([])
  })

  it('answers as an operation with times as text', async () => {
    await fill()
    const [recent] = attentionOperations
    const bound = recent?.bind(createAttentionStore(database()))
    expect(await bound?.call({ projectId: 'project', limit: 1 })).toEqual({
      entries: [{ id: 'new', content: 'About new', createdAt: '2026-01-02T00:00:00.000Z' }],
    })
  })
})
