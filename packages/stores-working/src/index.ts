export { workingOperations } from './working-operations.ts'
export { createWorkingStore, type WorkingEntry, type WorkingStore } from './working-store.ts'
