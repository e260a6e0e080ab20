export { attentionOperations } from './attention-operations.ts'
export {
  createAttentionStore,
  type AttentionEntry,
  type AttentionStore,
} from './attention-store.ts'
