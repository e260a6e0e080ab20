import type { Operation } from '@athena-memory/operations'
import type { ConversationStore } from '../conversation-store.ts'
import { contextOperations } from './context-operations.ts'
import { ingestOperations } from './ingest-operations.ts'
import { messageOperations } from './message-operations.ts'
import { sessionOperations } from './session-operations.ts'

/** Everything that can be done with conversations, over a `ConversationStore`. */
export const conversationOperations: readonly Operation<ConversationStore>[] = [
  ...sessionOperations,
  ...messageOperations,
  ...contextOperations,
  ...ingestOperations,
]
