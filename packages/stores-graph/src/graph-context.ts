import type { Database } from '@athena-memory/db-core'
import type { SecretPolicy } from '@athena-memory/db-core/secrets'
import type { DocumentIndex } from '@athena-memory/search'

/** What the parts of the store work with. */
export interface GraphContext {
  readonly db: Database
  readonly documents: DocumentIndex
  readonly secretPolicy: SecretPolicy
  readonly now: () => Date
  readonly newId: () => string
}

/** A transaction, and the time that stands in what it writes. */
export interface WriteScope {
  readonly tx: Database
  readonly at: Date
  readonly newId: () => string
}
