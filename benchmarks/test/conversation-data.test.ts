import { describe, expect, it } from 'vitest'
import { readData, toConversations } from '../src/retrieval/conversation-data.ts'
import { SAMPLE, withData } from './sample-data.ts'

const read = (files: Partial<typeof SAMPLE>) =>
  withData({ ...SAMPLE, ...files }, async (folder) => toConversations(await readData(folder)))

describe('conversation data', () => {
  it('is read conversation by conversation, in the order of the files', async () => {
    const [first, second, ...others] = await read({})
    expect(others).toEqual([])
    expect(first?.turns.map(({ dia_id: id }) => id)).toEqual([
      'D1:1',
      'D1:2',
      'D1:3',
      'D1:4',
      'D1:5',
    ])
    expect(first?.questions.map(({ id }) => id)).toEqual(['q0', 'q1', 'q2'])
    expect(second?.turns).toHaveLength(2)
    expect(second?.questions[1]?.evidence).toEqual([])
  })

  it('has times in UTC, whatever the zone of the machine', async () => {
    const [first] = await read({})
    expect(first?.turns[0]?.datetime).toEqual(new Date('2025-03-01T10:15:00Z'))
  })

  it('names the line and the field that are wrong, and not what they hold', async () => {
    const wrong = SAMPLE['memories.jsonl'].replace('"2025-03-02T00:00"', '"secret"')
    const failure = read({ 'memories.jsonl': wrong })
    await expect(failure).rejects.toThrow(/memories\.jsonl, line 6: datetime: must look like/)
    await expect(failure).rejects.not.toThrow(/secret/)
  })

  it('names the line that is no JSON', async () => {
    const failure = read({ 'questions.jsonl': '{"secret": ' })
    await expect(failure).rejects.toThrow(/questions\.jsonl, line 1: must be one JSON object/)
    await expect(failure).rejects.not.toThrow(/secret/)
  })

  it('refuses a question about a conversation that nobody had', async () => {
    const failure = read({
      'questions.jsonl': SAMPLE['questions.jsonl'].replace('second', 'third'),
    })
    await expect(failure).rejects.toThrow('q3 is about a conversation without turns')
  })
})
