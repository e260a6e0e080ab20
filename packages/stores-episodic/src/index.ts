export { episodicOperations } from './episodic-operations.ts'
export { createEpisodicStore, type EpisodicEntry, type EpisodicStore } from './episodic-store.ts'
