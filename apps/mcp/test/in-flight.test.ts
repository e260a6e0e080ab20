import { describe, expect, it } from 'vitest'
import { createInFlight } from '../src/in-flight.ts'

describe('work in flight', () => {
  it('is waited for until all of it has settled, that which came later and that which failed, too', async () => {
    const inFlight = createInFlight()
    const settled: string[] = []
    const first = Promise.resolve().then(async () => {
      void inFlight.track(Promise.resolve().then(() => settled.push('later')))
      settled.push('first')
    })
    void inFlight.track(first)
    const failing = inFlight.track(Promise.reject(new Error('failed')))
    await expect(failing).rejects.toThrow('failed')
    expect(await inFlight.idle(10_000)).toBe(true)
    expect(settled).toEqual(['first', 'later'])
    expect(inFlight.count()).toBe(0)
  })

  it('is given up when its time is over', async () => {
    const inFlight = createInFlight()
    void inFlight.track(new Promise(() => undefined))
    expect(await inFlight.idle(1)).toBe(false)
    expect(inFlight.count()).toBe(1)
  })
})
