import { z } from 'zod'
import { OperationError } from './operation-error.ts'

/** A JSON schema (2020-12) of an object. */
export type JsonObjectSchema = z.core.JSONSchema.ObjectSchema

/** Whether a schema describes what an operation takes or what it gives. */
export type Direction = 'input' | 'output'

/**
 * The JSON schema of the wire form, trimmed to what a reader needs: descriptions, enums, defaults and
 * bounds stay; `$schema`, patterns that a `format` says already, `additionalProperties: false` and the
 * bounds of safe integers go.
 * @throws OperationError with `invalid-definition` for what JSON cannot carry (use `isoDate` for times),
 * and for an object inside an input that would drop misspelt arguments instead of refusing them
 */
export const toJsonSchema = (schema: z.ZodObject, direction: Direction): JsonObjectSchema => {
  const made = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: ({ zodSchema, path, message }) =>
      refuse(direction, path, zodSchema._zod.def.type === 'date' ? 'use isoDate' : message),
    override: ({ zodSchema, jsonSchema, path }) => {
      if (direction === 'input') refuseLenient(zodSchema, path)
      trim(jsonSchema)
    },
  })
  const { $schema: _, ...trimmed } = made
  return { ...trimmed, type: 'object' }
}

type Path = readonly (string | number)[]

const refuse = (direction: Direction, path: Path, problem: string): never => {
  const field = [direction, ...path.filter((step) => step !== 'properties')].join('.')
  throw new OperationError('invalid-definition', `${field}: ${problem}`)
}

// An object without a catch-all drops the keys it does not know.
const refuseLenient = (schema: z.core.$ZodTypes, path: Path): void => {
  const { def } = schema._zod
  if (def.type === 'object' && def.catchall === undefined) {
    refuse('input', path, 'misspelt arguments would be dropped; use z.strictObject')
  }
}

const trim = (schema: z.core.JSONSchema.BaseSchema): void => {
  if (schema.additionalProperties === false) delete schema.additionalProperties
  if (schema.format !== undefined) delete schema.pattern
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
}
