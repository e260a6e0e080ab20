import type { Database } from '@athena-memory/db-core'
import type { SecretPolicy } from '@athena-memory/db-core/secrets'
import type { DocumentIndex } from '@athena-memory/search'
import type { OpenTaskReader } from './brief/open-task.ts'

/** The layer's name in documents, derivations and results. */
export const CONVERSATION_LAYER = 'conversation'

/** What the parts of the store work with. */
export interface StoreContext {
  readonly db: Database
  readonly documents: DocumentIndex
  readonly secretPolicy: SecretPolicy
  readonly readOpenTasks: OpenTaskReader
  readonly readTranscript: (path: string) => Promise<string>
  readonly now: () => Date
  readonly newId: () => string
}
