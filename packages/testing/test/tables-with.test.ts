import { describeEachBackend, tablesWith } from '../src/index.ts'
import { sampleDocument, sampleProject } from '../src/sample-rows.ts'
import { expect, it } from 'vitest'

describeEachBackend('looking for words in a whole database', (database) => {
  it('finds them in texts, in JSON and in bytes', async () => {
    const { query, tables, dialect } = database()
    const project = { ...sampleProject('quixotown'), settings: { birds: ['zebrafinch'] } }
    await query.insert(tables.projects).values(project)
    expect(await tablesWith(database(), /quixotown/)).toEqual(['projects'])
    expect(await tablesWith(database(), /zebrafinch/)).toEqual(['projects'])
    await query.insert(tables.documents).values(sampleDocument(project.id, 'xanadu'))
    // The full text index of libSQL keeps its words in bytes.
    const fullText = dialect === 'sqlite' ? ['documents_fts_data'] : []
    const expected = ['documents', ...fullText]
    expect(await tablesWith(database(), /xanadu/)).toEqual(expect.arrayContaining(expected))
    expect(await tablesWith(database(), /nowhere/)).toEqual([])
  })
})
