import { once } from 'node:events'
import { clearLine, cursorTo } from 'node:readline'
import { PassThrough } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { withSpinner } from '../src/terminal/spinner.ts'

const watchStream = (isTTY: boolean) => {
  const stream = new PassThrough({ encoding: 'utf8' })
  const written: string[] = []
  stream.on('data', (chunk: string) => written.push(chunk))
  return Object.assign(stream, {
    isTTY,
    columns: 80,
    hasColors: () => false,
    cursorTo: (column: number) => cursorTo(stream, column),
    clearLine: (direction: -1 | 0 | 1) => clearLine(stream, direction),
    text: () => written.join(''),
  })
}

describe('a spinner', () => {
  let stderr: ReturnType<typeof watchStream>
  beforeEach(() => {
    stderr = watchStream(true)
  })
  const spin = (stdout: { isTTY: boolean }, work: () => Promise<unknown>, patienceMs = 1) =>
    withSpinner('episodic.ingest-git', work, { stdout, stderr, patienceMs })

  it('turns while work goes on, in front of its name, and leaves the result alone', async () => {
    const work = async () => {
      await once(stderr, 'data')
      return 'result'
    }
    expect(await spin({ isTTY: true }, work)).toBe('result')
    expect(stderr.text()).toContain('episodic.ingest-git')
  })

  it('stops when the work fails, and passes the failure on', async () => {
    const work = async () => {
      await once(stderr, 'data')
      throw new Error('no repository')
    }
    await expect(spin({ isTTY: true }, work)).rejects.toThrow('no repository')
    const { length } = stderr.text()
    await setTimeout(200)
    expect(stderr.text()).toHaveLength(length)
  })

  it('does not appear for short work', async () => {
    await spin({ isTTY: true }, async () => undefined, 60_000)
    expect(stderr.text()).toBe('')
  })

  it('does not appear in a terminal that does not say how wide it is', async () => {
    stderr.columns = 0
    await spin({ isTTY: true }, () => setTimeout(50))
    expect(stderr.text()).toBe('')
  })

  it('does not appear where nobody watches', async () => {
    await spin({ isTTY: false }, () => setTimeout(50))
    stderr.isTTY = false
    await spin({ isTTY: true }, () => setTimeout(50))
    expect(stderr.text()).toBe('')
  })
})
