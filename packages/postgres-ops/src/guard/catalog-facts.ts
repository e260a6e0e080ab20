/** One function of the database, with all overloads of its name in its schema taken together. */
export interface FunctionFact {
  readonly name: string
  readonly schema: string
  /** Came with PostgreSQL. */
  readonly isBuiltIn: boolean
  /** Whether an overload may change something, or answers anew each time. */
  readonly isVolatile: boolean
  /** The extension it belongs to; absent for the functions of users. */
  readonly extension?: string | undefined
  /** Whether `row.name` calls it: an overload takes one whole row. */
  readonly takesRow: boolean
}

/** Operators of one name in one schema. */
export interface OperatorFact {
  readonly name: string
  readonly schema: string
  readonly isBuiltIn: boolean
  readonly isVolatile: boolean
  readonly extension?: string | undefined
}

/** A type of the database. */
export interface TypeFact {
  readonly name: string
  readonly schema: string
  readonly isBuiltIn: boolean
  /** As in `pg_type.typtype`: b base, c composite, d domain, e enumeration, p pseudo, r range, m multirange. */
  readonly kind: string
  readonly extension?: string | undefined
}

/** An operator class, which says what functions an index calls. */
export interface OperatorClassFact {
  readonly name: string
  readonly schema: string
  readonly isBuiltIn: boolean
  readonly extension?: string | undefined
}

/** A table, view or other relation of a permitted schema. */
export interface RelationFact {
  readonly name: string
  readonly schema: string
  /** As in `pg_class.relkind`. */
  readonly kind: string
  readonly extension?: string | undefined
  /** Whether the login role may read a column of it. */
  readonly isReadable: boolean
  /** Columns that are never null. */
  readonly notNull: readonly string[]
}

/** An index that a constraint needs. */
export interface ConstraintIndexFact {
  readonly name: string
  readonly schema: string
}

/** What the guard knows of the database it judges for. */
export interface CatalogFacts {
  readonly functions: ReadonlyMap<string, readonly FunctionFact[]>
  readonly operators: ReadonlyMap<string, readonly OperatorFact[]>
  readonly types: ReadonlyMap<string, readonly TypeFact[]>
  readonly operatorClasses: ReadonlyMap<string, readonly OperatorClassFact[]>
  /** Names of all relations of `pg_catalog`. */
  readonly systemRelations: ReadonlySet<string>
  readonly relations: ReadonlyMap<string, readonly RelationFact[]>
  readonly constraintIndexes: readonly ConstraintIndexFact[]
}

/** Facts by their name. */
export const byName = <Fact extends { readonly name: string }>(
  facts: readonly Fact[],
): ReadonlyMap<string, readonly Fact[]> => {
  const found = new Map<string, Fact[]>()
  for (const fact of facts) {
    const same = found.get(fact.name)
    if (same) same.push(fact)
    else found.set(fact.name, [fact])
  }
  return found
}
