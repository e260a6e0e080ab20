import { expect, it } from 'vitest'
import { toText } from '../src/tools/to-text.ts'

it('says a result in one line, rounded, and without what explains a ranking', () => {
  const result = {
    results: [
      { id: 'a', content: 'one\n"two"', hybridScore: 0.123_456_789, signals: { relevance: 1 } },
    ],
    notices: [],
    count: 1_234_567,
  }
  expect(toText(result)).toBe(
    String.raw`{"results":[{"id":"a","content":"one\n\"two\"","hybridScore":0.1235}],"notices":[],"count":1234567}`,
  )
})
