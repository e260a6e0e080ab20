import type { z } from 'zod'
import { ModelError } from '../model-error.ts'

/** A server's answer as the schema reads it; one of another shape is refused as `invalid-response`, naming the field. */
export const readAnswer = <S extends z.ZodType>(schema: S, answer: unknown): z.output<S> => {
  const result = schema.safeParse(answer)
  if (result.success) return result.data
  const field = result.error.issues[0]?.path.join('.') || 'the answer'
  throw new ModelError(`The embedding server's answer has the wrong shape at ${field}`, {
    code: 'invalid-response',
  })
}
