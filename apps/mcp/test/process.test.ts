import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { prepareBundle } from './mcp/bundle.ts'
import { lockFile } from './mcp/lock-file.ts'
import { makePlace, type Place, type Running, startProgram } from './mcp/place.ts'

let place: Place
beforeAll(async () => {
  await prepareBundle()
  place = await makePlace()
})
afterAll(() => place.remove())

const request = (id: number, method: string, params: object = {}) =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`

const initialize = request(1, 'initialize', {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'test', version: '1.0.0' },
})

const call = (id: number, name: string, input: object) =>
  request(id, 'tools/call', { name, arguments: input })

const answers = ({ stdout }: Running) => stdout.map((line) => JSON.parse(line))

const answerTo = (program: Running, id: number) =>
  vi.waitFor(() => {
    const answer = answers(program).find((one) => one.id === id)
    if (!answer) throw new Error(`no answer to ${id}: ${program.stderr.join('\n')}`)
    return answer
  }, 20_000)

describe('the program', () => {
  it('answers at once while the database is locked, and calls when it is free', async () => {
    const path = join(place.home, 'locked.db')
    const lock = await lockFile(path)
    const program = startProgram(place, ['--db', `file:${path}`])
    program.child.stdin.write(initialize + call(2, 'call_operation', { name: 'projects.list' }))
    program.child.stdin.write(request(3, 'ping'))
    expect(await answerTo(program, 1)).toMatchObject({ result: { serverInfo: { name: 'athena' } } })
    expect(await answerTo(program, 3)).toMatchObject({ result: {} })
    expect(answers(program).map(({ id }) => id)).not.toContain(2)
    await lock.release()
    expect(await answerTo(program, 2)).toMatchObject({ result: { structuredContent: {} } })
    program.child.stdin.end()
    expect(await program.exited).toBe(0)
  })

  it('writes nothing but the protocol to standard output, whatever it reads', async () => {
    const program = startProgram(place, [], { ATHENA_LOG_LEVEL: 'debug' })
    program.child.stdin.write(`no json\n{"jsonrpc":"2.0"}\n\n${initialize}`)
    program.child.stdin.write(call(2, 'remember', { content: 'kept out of the log' }))
    program.child.stdin.write(call(3, 'remember', { content: 42 }) + request(4, 'no/method'))
    program.child.stdin.end()
    expect(await program.exited).toBe(0)
    for (const answer of answers(program)) expect(answer).toHaveProperty('jsonrpc', '2.0')
    expect(new Set(answers(program).map(({ id }) => id))).toEqual(new Set([1, 2, 3, 4]))
  })

  it('logs one JSON object a line, and never content', async () => {
    const program = startProgram(place, [], { ATHENA_LOG_LEVEL: 'debug' })
    program.child.stdin.end(initialize + call(2, 'remember', { content: 'kept out of the log' }))
    await program.exited
    const lines = program.stderr.map((line) => JSON.parse(line))
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'debug', event: 'call', tool: 'remember', outcome: 'ok' }),
    )
    for (const line of lines) expect(Date.parse(line.time)).not.toBeNaN()
    expect(program.stderr.join('\n')).not.toContain('kept out')
  })

  it('answers what it has read when its input ends, then exits', async () => {
    const program = startProgram(place, [], { ATHENA_LOG_LEVEL: 'silent' })
    program.child.stdin.end(initialize + call(2, 'remember', { content: 'The last words' }))
    expect(await program.exited).toBe(0)
    expect(answers(program).find(({ id }) => id === 2)).toMatchObject({
      result: { structuredContent: { memory: { content: 'The last words' } } },
    })
    expect(program.stderr).toEqual([])
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('lets calls finish on %s, then exits', async (signal) => {
    const path = join(place.home, `${signal}.db`)
    const lock = await lockFile(path)
    const program = startProgram(place, ['--db', `file:${path}`])
    program.child.stdin.write(initialize + call(2, 'remember', { content: signal }))
    program.child.stdin.write(request(3, 'ping'))
    await answerTo(program, 3)
    program.child.kill(signal)
    await vi.waitFor(() => expect(program.stderr.join('')).toContain('"stopping"'), 20_000)
    program.child.stdin.write(call(4, 'remember', { content: 'too late' }))
    await lock.release()
    expect(await program.exited).toBe(0)
    const last = answers(program).find(({ id }) => id === 2)
    expect(last).toMatchObject({ result: { structuredContent: { memory: { content: signal } } } })
    expect(answers(program).map(({ id }) => id)).not.toContain(4)
  })

  it('goes on where the database cannot be opened, and says so with every call', async () => {
    const program = startProgram(place, ['--db', 'postgres://nobody@127.0.0.1:1/none'])
    program.child.stdin.write(initialize + call(2, 'recall', { query: 'anything' }))
    const { result } = await answerTo(program, 2)
    expect(result.isError).toBe(true)
    expect(result.content[0].text).toMatch(/unavailable/)
    program.child.stdin.end()
    expect(await program.exited).toBe(0)
    expect(program.stdout.join('') + program.stderr.join('')).not.toContain('node_modules')
  })

  it.each([
    [['--profile', 'all'], {}, /--profile.*default, full/],
    [['--http', 'x'], {}, /--http: expected \[HOST:\]PORT/],
    [['--tokens', 'x'], {}, /--tokens: is for HTTP/],
    [['--htp', '1'], {}, /unknown option '--htp'/],
    [[], { ATHENA_LOG_LEVEL: 'loud' }, /ATHENA_LOG_LEVEL: expected one of/],
  ])('exits with 2 and a hint when it is started wrongly: %j %j', async (args, env, hint) => {
    const program = startProgram(place, args, env)
    expect(await program.exited).toBe(2)
    expect(program.stderr.join('\n')).toMatch(hint)
    expect(program.stdout).toEqual([])
  })
})
