export { metaOperations } from './meta-operations.ts'
export { createMetaStore, type MetaEntry, type MetaStore } from './meta-store.ts'
