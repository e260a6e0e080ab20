import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineOperation, isoDate, OperationError } from '../src/index.ts'

const input = z.object({
  content: z.string().min(2),
  limit: z.int().min(1).max(100).default(10),
  kind: z.enum(['fact', 'decision']).default('fact'),
  since: isoDate.exactOptional(),
  projectId: z.uuid().exactOptional(),
  filter: z.strictObject({ tags: z.array(z.string().max(3)), depth: z.number() }).exactOptional(),
  target: z.union([z.literal('all'), z.strictObject({ id: z.int() })]).exactOptional(),
})

const search = defineOperation({
  name: 'notes.search',
  title: 'Search',
  description: 'Searches.',
  input,
  output: z.object({ found: z.int() }),
  effect: 'read',
  run: async (found: () => number) => ({ found: found() }),
})

const call = (given: unknown, found = () => 0) => search.bind(found).call(given)

const errorOf = async (work: Promise<unknown>): Promise<OperationError> => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof OperationError) return error
  throw new Error('expected an OperationError')
}

describe('invalid input', () => {
  it.each<[unknown, string, string]>([
    [{ content: 'ok', contnt: 1 }, '', 'unknown argument "contnt": did you mean "content"?'],
    [
      { content: 'ok', project_id: 1 },
      '',
      'unknown argument "project_id": did you mean "projectId"?',
    ],
    [
      { content: 'ok', zzz: 1 },
      '',
      'unknown argument "zzz": the arguments are content, limit, kind, since, projectId, filter, target',
    ],
    [{}, 'content', 'missing, expected string'],
    [{ content: 7 }, 'content', 'expected string, received number'],
    [{ content: 'a' }, 'content', 'too small: expected string to have >=2 characters'],
    [{ content: 'ok', limit: 101 }, 'limit', 'too big: expected number to be <=100'],
    [{ content: 'ok', kind: 'x' }, 'kind', 'expected one of "fact"|"decision"'],
    [
      { content: 'ok', since: '2026-01-31' },
      'since',
      'expected an ISO 8601 date-time with a zone, such as 2026-01-31T09:30:00Z',
    ],
    [
      { content: 'ok', filter: { tags: ['abcd'], depth: 1 } },
      'filter.tags[0]',
      'too big: expected string to have <=3 characters',
    ],
    [
      { content: 'ok', filter: { tags: [], dept: 1, depth: 1 } },
      'filter',
      'unknown argument "dept": did you mean "depth"?',
    ],
    [{ content: 'ok', target: 5 }, 'target', 'expected "all", or expected object, received number'],
    [
      { content: 'ok', target: { id: 'x' } },
      'target',
      'expected "all", or id: expected number, received string',
    ],
    [undefined, '', 'missing, expected object'],
    [[], '', 'expected object, received array'],
  ])('%j is answered with what would be right', async (given, path, message) => {
    const error = await errorOf(call(given))
    expect(error.code).toBe('invalid-input')
    expect(error.issues).toEqual([{ path, message }])
    expect(error.message).toBe(
      `invalid input for notes.search: ${path === '' ? '' : `${path}: `}${message}`,
    )
  })

  it('lists everything that is wrong', async () => {
    const error = await errorOf(call({ contnt: 'x', limit: 0 }))
    expect(error.issues.map(({ path }) => path)).toEqual(['content', 'limit', ''])
  })

  it('says so when an operation takes no arguments', async () => {
    const noArguments = defineOperation({
      name: 'notes.count',
      title: 'Count',
      description: 'Counts.',
      input: z.object({}),
      output: z.object({}),
      effect: 'read',
      run: async () => ({}),
    })
    const error = await errorOf(noArguments.bind(undefined).call({ verbose: true }))
    expect(error.message).toContain('unknown argument "verbose": no arguments are taken')
  })

  it('is never repeated in the message', async () => {
    const secret = fc.stringMatching(/^SECRET[a-z]{4,20}$/)
    const field = fc.constantFrom(...Object.keys(input.shape))
    await fc.assert(
      fc.asyncProperty(secret, field, fc.boolean(), async (text, name, nested) => {
        const value = nested ? { tags: [text], depth: text, id: text } : [text]
        const error = await errorOf(call({ content: 'ok', [name]: value }))
        expect(JSON.stringify([error.message, error.issues, error.cause])).not.toContain(text)
      }),
    )
    await fc.assert(
      fc.asyncProperty(secret, async (text) => {
        const error = await errorOf(
          call({
            content: 'ok',
            kind: text,
            since: text,
            projectId: text,
            target: text,
            limit: text,
          }),
        )
        expect(error.issues).toHaveLength(5)
        expect(JSON.stringify([error.message, error.issues, error.cause])).not.toContain(text)
      }),
    )
  })

  it('of an overlong argument name is cut', async () => {
    const error = await errorOf(call({ content: 'ok', ['x'.repeat(5000)]: 1 }))
    expect(error.message.length).toBeLessThan(300)
  })
})

describe('a result that does not match its schema', () => {
  it('is reported as a bug, with the field and without the value', async () => {
    const error = await errorOf(call({ content: 'ok' }, () => 0.123456))
    expect(error).toMatchObject({ code: 'invalid-output', issues: [{ path: 'found' }] })
    expect(error.message).toContain('bug in notes.search')
    expect(error.message).not.toContain('123456')
  })

  it('is reported when its schema cannot be encoded', async () => {
    const oneWay = defineOperation({
      name: 'notes.one-way',
      title: 'One way',
      description: 'Has a transform where a codec is needed.',
      input: z.object({}),
      output: z.object({ size: z.string().transform((text) => text.length) }),
      effect: 'read',
      run: async () => ({ size: 3 }),
    })
    const error = await errorOf(oneWay.bind(undefined).call({}))
    expect(error.message).toContain('use codecs')
  })

  it('is reported when JSON cannot carry what an open schema let through', async () => {
    const open = defineOperation({
      name: 'notes.open',
      title: 'Open',
      description: 'Gives anything.',
      input: z.object({}),
      output: z.object({ value: z.unknown() }),
      effect: 'read',
      run: async (value: unknown) => ({ value }),
    })
    expect(await open.bind({ at: [1] }).call({})).toStrictEqual({ value: { at: [1] } })
    const error = await errorOf(open.bind(1n).call({}))
    expect(error).toMatchObject({
      code: 'invalid-output',
      message: expect.stringContaining('cannot become JSON'),
    })
  })

  it('loses the properties that its schema does not name', async () => {
    const row = { id: 'a', tenantId: 'acme' }
    const get = defineOperation({
      name: 'notes.get',
      title: 'Get',
      description: 'Gets.',
      input: z.object({}),
      output: z.object({ id: z.string(), deletedAt: isoDate.optional() }),
      effect: 'read',
      run: async () => ({ ...row, deletedAt: undefined }),
    })
    expect(await get.bind(undefined).call({})).toStrictEqual({ id: 'a' })
  })
})

describe('an operation that fails', () => {
  const failWith = (thrown: unknown) =>
    errorOf(
      call({ content: 'ok' }, () => {
        throw thrown
      }),
    )

  it('passes on the message of an error made for callers', async () => {
    const busy = Object.assign(new Error('the database is busy'), { code: 'busy', retryable: true })
    expect(await failWith(busy)).toMatchObject({
      code: 'failed',
      message: 'notes.search failed: the database is busy',
      retryable: true,
      cause: busy,
    })
  })

  it.each([
    [new TypeError('cannot read "stored text"'), 'notes.search failed: unexpected TypeError'],
    [
      Object.assign(new Error('stored text'), { code: 'ENOENT' }),
      'notes.search failed: unexpected Error',
    ],
    ['stored text', 'notes.search failed: unexpected error'],
  ])('keeps the message of any other error in its cause', async (thrown, message) => {
    expect(await failWith(thrown)).toMatchObject({ message, retryable: false, cause: thrown })
  })

  it('passes on an error of this kind unchanged', async () => {
    const refusal = new OperationError('invalid-input', 'either id or name is required')
    expect(await failWith(refusal)).toBe(refusal)
  })
})
