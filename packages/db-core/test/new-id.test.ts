import { validate, version } from 'uuid'
import { describe, expect, it } from 'vitest'
import { newId } from '../src/index.ts'

describe('new ids', () => {
  const ids = Array.from({ length: 10_000 }, newId)

  it('sort in the order in which they were made, within a millisecond too', () => {
    expect(ids.every((id, at) => at === 0 || id > (ids[at - 1] ?? ''))).toBe(true)
  })

  it('are UUIDs that carry their time', () => {
    expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true)
    const madeAt = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16)
    expect(Math.abs(madeAt - Date.now())).toBeLessThan(60_000)
  })

  it('differ in bits that nobody can guess', () => {
    const guesses = new Set(ids.map((id) => id.slice(-10)))
    expect(guesses.size).toBe(ids.length)
  })
})
