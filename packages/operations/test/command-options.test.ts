import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fromCommandOptions, isoDate, toCommandOptions } from '../src/index.ts'

const schema = z.strictObject({
  content: z.string().describe('what to keep'),
  maxDepth: z.int().default(3),
  weight: z.number().exactOptional(),
  kind: z.enum(['fact', 'decision']).exactOptional(),
  level: z.literal([1, 2, 3]).exactOptional(),
  tags: z.array(z.string()).default([]),
  scores: z.array(z.number()).exactOptional(),
  events: z.array(z.strictObject({ id: z.int() })).exactOptional(),
  filter: z.strictObject({ tag: z.string() }).exactOptional(),
  target: z.union([z.string(), z.number()]).exactOptional(),
  pair: z.tuple([z.string(), z.int()]).exactOptional(),
  switches: z.array(z.boolean()).exactOptional(),
  notify: z.boolean().default(true),
  dryRun: z.boolean().default(false),
  isActive: z.boolean().exactOptional(),
  pinned: z.boolean().nullable().exactOptional(),
  confirm: z.literal(true).exactOptional(),
  mixed: z.literal(['a', 1]).exactOptional(),
  dueAt: isoDate.nullable().exactOptional(),
  owner: z.enum(['me', 'you']).nullable().exactOptional(),
  rank: z.number().nullable().exactOptional(),
})

const optionOf = (argument: string) =>
  toCommandOptions(schema).find((option) => option.argument === argument)

const plain = { required: false, repeatable: false, nullable: false }

const argumentNames = fc
  .stringMatching(/^[a-z][a-zA-Z0-9]{0,12}$/)
  .filter((name) => !/^no[A-Z]/.test(name))

describe('command line options', () => {
  it('come in the order of the schema', () => {
    const names = toCommandOptions(schema).map(({ argument }) => argument)
    expect(names).toEqual(Object.keys(schema.shape))
  })

  it.each([
    ['content', { kind: 'string', required: true, description: 'what to keep' }],
    ['maxDepth', { kind: 'number', default: 3, flags: ['--max-depth'] }],
    ['weight', { kind: 'number' }],
    ['kind', { kind: 'string', choices: ['fact', 'decision'] }],
    ['level', { kind: 'number', choices: ['1', '2', '3'] }],
    ['tags', { kind: 'string', repeatable: true, default: [] }],
    ['scores', { kind: 'number', repeatable: true }],
    ['events', { kind: 'json', repeatable: true }],
    ['filter', { kind: 'json' }],
    ['target', { kind: 'json' }],
    ['pair', { kind: 'json' }],
    ['switches', { kind: 'json', repeatable: true }],
    ['notify', { kind: 'boolean', default: true, flags: ['--no-notify'] }],
    ['dryRun', { kind: 'boolean', default: false, flags: ['--dry-run'] }],
    ['isActive', { kind: 'boolean', flags: ['--is-active', '--no-is-active'] }],
    ['pinned', { kind: 'json', nullable: true }],
    ['confirm', { kind: 'boolean', flags: ['--confirm', '--no-confirm'] }],
    ['mixed', { kind: 'json' }],
    ['dueAt', { kind: 'string', nullable: true, flags: ['--due-at'] }],
    ['owner', { kind: 'string', nullable: true, choices: ['me', 'you'] }],
    ['rank', { kind: 'number', nullable: true }],
  ])('describe %s', (argument, expected) => {
    expect(optionOf(argument)).toStrictEqual({
      argument,
      flags: [`--${argument}`],
      ...plain,
      ...expected,
    })
  })

  it.each(['project_id', 'Content', 'noCache', 'a-b', '2nd'])(
    'refuse an argument named %s',
    (name) => {
      expect(() => toCommandOptions(z.strictObject({ [name]: z.string() }))).toThrowError(
        expect.objectContaining({ code: 'invalid-definition' }),
      )
    },
  )

  it.each(['note', 'northStar', 'no', 'x', 'sha256Sum'])('allow an argument named %s', (name) => {
    expect(toCommandOptions(z.strictObject({ [name]: z.string() }))).toHaveLength(1)
  })

  it('have flags whose camelCase is the argument', () => {
    fc.assert(
      fc.property(argumentNames, (argument) => {
        const [option] = toCommandOptions(z.strictObject({ [argument]: z.string() }))
        const name = option?.flags[0]?.slice(2)
        const camel = name?.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
        expect(camel).toBe(argument)
      }),
    )
  })
})

const text = fc.string().filter((value) => value !== 'null')
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0))
const integer = fc.maxSafeInteger()

const wireInputs = fc.record(
  {
    content: fc.string(),
    maxDepth: integer,
    weight: number,
    kind: fc.constantFrom('fact', 'decision'),
    level: fc.constantFrom(1, 2, 3),
    tags: fc.array(fc.string()),
    scores: fc.array(number),
    events: fc.array(fc.record({ id: integer })),
    filter: fc.record({ tag: fc.string() }),
    target: fc.oneof(text, number),
    pair: fc.tuple(fc.string(), integer),
    switches: fc.array(fc.boolean()),
    notify: fc.boolean(),
    dryRun: fc.boolean(),
    isActive: fc.boolean(),
    pinned: fc.option(fc.boolean()),
    confirm: fc.constant(true),
    mixed: fc.constantFrom('a', 1),
    dueAt: fc.option(fc.constant('2026-01-31T12:00:00.000Z')),
    owner: fc.option(fc.constantFrom('me', 'you')),
    rank: fc.option(number),
  },
  { requiredKeys: ['content'] },
)

/** What a person types for a value, and a command line library hands on. */
const toTyped = (argument: string, value: unknown) => {
  const option = optionOf(argument)
  const toText = (item: unknown) =>
    typeof item === 'string' && option?.kind !== 'json' ? item : JSON.stringify(item)
  if (option?.kind === 'boolean') return value === true
  return option?.repeatable && Array.isArray(value) ? value.map(toText) : toText(value)
}

describe('values of command line options', () => {
  it('become the wire input that they were typed for', () => {
    fc.assert(
      fc.property(wireInputs, (input) => {
        const typed = Object.entries(input).map(([key, value]) => [key, toTyped(key, value)])
        const read = fromCommandOptions(schema, Object.fromEntries(typed))
        expect(read).toEqual(input)
        expect(schema.safeParse(read).success).toBe(true)
      }),
    )
  })

  it('mean null by the text null only where null is allowed', () => {
    expect(fromCommandOptions(schema, { content: 'null', dueAt: 'null' })).toEqual({
      content: 'null',
      dueAt: null,
    })
  })

  it('may come beside flags of the program itself', () => {
    expect(fromCommandOptions(schema, { content: 'a', json: true })).toEqual({ content: 'a' })
  })

  it.each([
    [{}, '--content: is required'],
    [{ content: 'a', maxDepth: 'deep' }, '--max-depth: expected a number'],
    [{ content: 'a', maxDepth: ' ' }, '--max-depth: expected a number'],
    [{ content: 'a', maxDepth: 'Infinity' }, '--max-depth: expected a number'],
    [{ content: 'a', maxDepth: true }, '--max-depth: expected a value'],
    [{ content: ['a', 'b'] }, '--content: expected one value'],
    [{ content: 'a', kind: 'idea' }, '--kind: expected one of fact, decision'],
    [{ content: 'a', scores: ['1', 'two'] }, '--scores: expected a number'],
    [{ content: 'a', filter: '{tag' }, '--filter: expected JSON, such as {"name": "value"}'],
    [{ content: 'a', isActive: 'yes' }, '--is-active or --no-is-active: takes no value'],
  ])('%j are refused with the flag and what would be right', (values, message) => {
    expect(() => fromCommandOptions(schema, values)).toThrowError(
      expect.objectContaining({ code: 'invalid-input', message: `invalid options: ${message}` }),
    )
  })

  it('are refused all at once', () => {
    expect(() => fromCommandOptions(schema, { maxDepth: 'x', rank: 'y' })).toThrowError(
      /--content: is required; --max-depth: expected a number; --rank: expected a number/,
    )
  })
})
