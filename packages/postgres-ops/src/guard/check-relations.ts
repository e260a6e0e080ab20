import type { CatalogFacts, RelationFact } from './catalog-facts.ts'
import { KNOWN_EXTENSIONS, READABLE_CATALOG, READABLE_INFORMATION } from './known-names.ts'
import type { Policy } from './policy.ts'
import type { Refusal } from './refusal.ts'
import { textOf, type Fields } from './tree-value.ts'

/** What is wanted of a relation. */
export type Access = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE' | 'ALTER'

/** What relations are judged by. */
export interface RelationRules {
  readonly facts: CatalogFacts
  readonly policy: Policy
  /** Names that the statement itself gives to queries (WITH). */
  readonly ctes: ReadonlySet<string>
}

/** A relation must stand in a permitted schema, or on the short list of the catalogue, to be read. */
export const checkRelation = (
  rules: RelationRules,
  relation: Fields,
  access: Access = 'SELECT',
): Refusal => {
  const name = textOf(relation['relname'])
  const schema = textOf(relation['schemaname'])
  if (relation['catalogname'] !== undefined) return 'relations of other databases are out of reach'
  const refusal = checkSystem(rules.facts, schema, name)
  if (refusal !== undefined) return access === 'SELECT' ? refusal || undefined : WRITES_SYSTEM
  if (schema === '' && access === 'SELECT' && rules.ctes.has(name)) return undefined
  return (
    checkNamed(rules.policy, { schema, name, access }) ??
    checkFacts(rules, { schema, name, access })
  )
}

const WRITES_SYSTEM = 'the catalogue is not written'

/** An empty text for what may be read of the catalogue, `undefined` for what is none of it. */
const checkSystem = (facts: CatalogFacts, schema: string, name: string): string | undefined => {
  if (schema === 'information_schema') {
    return READABLE_INFORMATION.has(name) ? '' : `information_schema.${name} may not be read`
  }
  const isSystem =
    schema === 'pg_catalog' ||
    name.startsWith('pg_') ||
    (schema === '' && facts.systemRelations.has(name))
  if (!isSystem) return undefined
  const isReadable = (schema === '' || schema === 'pg_catalog') && READABLE_CATALOG.has(name)
  return isReadable ? '' : `${name} may not be read`
}

const checkNamed = (policy: Policy, { schema, name, access }: Wanted): Refusal => {
  if (schema !== '' && !policy.schemas.includes(schema))
    return `the schema ${schema} is not permitted`
  if (policy.unreadable.includes(name)) return `${name} may not be used`
  if (access !== 'SELECT' && policy.unwritable.includes(name)) return `${name} may not be changed`
  return undefined
}

interface Wanted {
  readonly schema: string
  readonly name: string
  readonly access: Access
}

/** A relation that is not there is not refused: the server says so in better words. */
const checkFacts = (
  { facts, policy }: RelationRules,
  { schema, name, access }: Wanted,
): Refusal => {
  const named = facts.relations.get(name) ?? []
  const schemas = schema === '' ? policy.schemas : [schema]
  const [found] = schemas.flatMap((one) => named.filter((fact) => fact.schema === one))
  if (!found) return undefined
  if (found.kind === 'f') return `${name} is a foreign table`
  if (!isTrusted(found)) return `${name} belongs to the extension ${found.extension}`
  if (access === 'ALTER') return TABLES.has(found.kind) ? undefined : `${name} is no table`
  return access === 'SELECT' && !found.isReadable
    ? `the login role may not read ${name}`
    : undefined
}

const TABLES = new Set(['r', 'p', 'm'])

const isTrusted = ({ extension }: RelationFact): boolean =>
  extension === undefined || KNOWN_EXTENSIONS.has(extension)
