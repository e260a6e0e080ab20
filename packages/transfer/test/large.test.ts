import { join } from 'node:path'
import { type Database, newId } from '@athena-memory/db-core'
import { describeEachBackend } from '@athena-memory/testing'
import { sampleDocument, sampleProject, sampleSpace } from '@athena-memory/testing/sample-rows'
import { expect, it } from 'vitest'
import { backup, restore } from '../src/index.ts'
import { contentsOf, openEmpty, temporaryFolder } from './places.ts'

const ROWS = 3000
/** No common number: building PostgreSQL's graph of vectors would take most of the time. */
const DIMENSIONS = 767

const fill = (database: Database) =>
  database.transaction(async ({ query, tables }) => {
    const project = sampleProject()
    const space = sampleSpace(DIMENSIONS)
    await query.insert(tables.projects).values(project)
    await query.insert(tables.embeddingSpaces).values(space)
    for (let start = 0; start < ROWS; start += 500) {
      const documents = Array.from({ length: 500 }, () => sampleDocument(project.id))
      await query.insert(tables.documents).values(documents)
      await query.insert(tables.embeddings).values(
        documents.map(({ id }, at) => ({
          spaceId: space.id,
          documentId: id,
          piece: 0,
          dimensions: DIMENSIONS,
          bits: new Uint8Array(DIMENSIONS / 8),
          vector: Float32Array.from({ length: DIMENSIONS }, (_, n) => Math.sin(start + at + n / 7)),
        })),
      )
    }
  })

describeEachBackend('3,000 long vectors', (database) => {
  it('move to libSQL and back bit by bit, a part at a time', async () => {
    await fill(database())
    const contents = await contentsOf(database())
    const [there, back] = [join(temporaryFolder(), newId()), join(temporaryFolder(), newId())]
    expect((await backup(database(), there)).tables).toMatchObject({ embeddings: ROWS })
    const other = await openEmpty()
    const heard: number[] = []
    await restore(other, there, {
      onProgress: ({ table, done }) => table === 'embeddings' && heard.push(done),
    })
    expect(heard).toEqual([500, 1000, 1500, 2000, 2500, 3000])
    expect(await contentsOf(other)).toEqual(contents)
    await backup(other, back)
    await restore(database(), back, { replace: true })
    expect(await contentsOf(database())).toEqual(contents)
  }, 300_000)
})
