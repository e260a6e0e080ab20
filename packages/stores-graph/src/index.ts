export { graphOperations } from './graph-operations.ts'
export { createGraphStore, type GraphEntry, type GraphStore } from './graph-store.ts'
