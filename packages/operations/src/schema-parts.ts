import type { z } from 'zod'

/** A JSON schema of any value. */
export type JsonSchema = z.core.JSONSchema.JSONSchema

/**
 * The schemas a value may match, any one of them: the branches of a union, each type of a list of
 * types, or the schema alone.
 */
export const alternativesOf = (schema: JsonSchema): JsonSchema[] => {
  const branches = schema.anyOf ?? schema.oneOf
  if (branches) return branches
  return Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : [schema]
}

export const isNull = ({ type }: JsonSchema): boolean => type === 'null'

/** The schema of a list's items; absent for what is no list and for tuples. */
export const itemsOf = ({ type, items, prefixItems }: JsonSchema): JsonSchema | undefined =>
  type === 'array' && !prefixItems && !Array.isArray(items) ? asSchema(items) : undefined

/** The properties of an object in their order, with whether each is required. */
export const propertiesOf = ({ properties = {}, required = [] }: JsonSchema) =>
  Object.entries(properties).map(([name, property]) => ({
    name,
    schema: asSchema(property),
    required: required.includes(name),
  }))

// `true` and a missing schema both allow anything.
const asSchema = (schema: JsonSchema | boolean | undefined): JsonSchema =>
  typeof schema === 'object' ? schema : {}
