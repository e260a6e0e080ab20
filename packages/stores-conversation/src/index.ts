export { conversationOperations } from './conversation-operations.ts'
export {
  createConversationStore,
  type ConversationEntry,
  type ConversationStore,
} from './conversation-store.ts'
