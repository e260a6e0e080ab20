import { expect, it } from 'vitest'
import { z } from 'zod'
import { adaptInput, bindOperations, defineOperation, type OperationError } from '../src/index.ts'

const greet = defineOperation({
  name: 'test.greet',
  title: 'Greet',
  description: 'Greets somebody by number.',
  input: z.object({ personId: z.int(), loud: z.boolean().default(false) }),
  output: z.object({ greeting: z.string() }),
  effect: 'read',
  run: async (people: readonly string[], { personId, loud }) => ({
    greeting: `Hello ${people[personId]}${loud ? '!' : ''}`,
  }),
})

const [bound] = bindOperations(['Ada', 'Grace'], [greet])
if (!bound) throw new Error('nothing was bound')

const { personId: _, ...shape } = greet.input.shape
const adapted = adaptInput(
  bound,
  z.object({ ...shape, person: z.string() }),
  async ({ person, ...rest }) => ({ ...rest, personId: person === 'first' ? 0 : 1 }),
)

it('takes the other arguments and passes the rest on', async () => {
  expect(await adapted.call({ person: 'first', loud: true })).toEqual({ greeting: 'Hello Ada!' })
  expect(await adapted.call({ person: 'second' })).toEqual({ greeting: 'Hello Grace' })
})

it('names the arguments that callers see', async () => {
  const error: OperationError = await adapted.call({ personn: 'first' }).catch((e) => e)
  expect(error.message).toContain('did you mean "person"?')
  await expect(adapted.call({ personId: 0 })).rejects.toThrow('person: missing')
  for (const given of [undefined, 'first']) {
    await expect(adapted.call(given)).rejects.toThrow('invalid input for test.greet')
  }
})
