export type { ForgetReceipt } from './forget-memory.ts'
export type { NewMemory } from './memory-draft.ts'
export type { Memory } from './memory.ts'
export type { Remembered } from './remember-memories.ts'
export type { SecretPolicy } from './secrets/secret-guard.ts'
export {
  createSemanticStore,
  type SemanticStore,
  type SemanticStoreOptions,
} from './semantic-store.ts'
