import { newId } from '@athena-memory/db-core'

const now = new Date('2026-01-02T03:04:05.678Z')

/** A project with every obligatory column. */
export const sampleProject = (name = `project ${newId()}`) => ({
  id: newId(),
  name,
  settings: {},
  createdAt: now,
  updatedAt: now,
})

/** A memory of a project, with every obligatory column. */
export const sampleMemory = (projectId: string, content = `memory ${newId()}`) => ({
  id: newId(),
  projectId,
  content,
  contentHash: content,
  memoryType: 'fact',
  domain: 'memory',
  tags: ['a', 'b'],
  confidence: 0.1,
  usefulness: 0.5,
  accessCount: 0,
  consolidationState: 'unconsolidated',
  version: 1,
  trust: 'user',
  createdAt: now,
  updatedAt: now,
})

/** A document of a project, with every obligatory column. */
export const sampleDocument = (projectId: string, content = 'some words') => ({
  id: newId(),
  projectId,
  layer: 'semantic',
  sourceId: newId(),
  kind: 'fact',
  content,
  tags: [],
  stems: content,
  pieces: '[]',
  length: 2,
  createdAt: now,
  updatedAt: now,
})

/** A space for vectors of `dimensions` numbers. */
export const sampleSpace = (dimensions: number) => ({
  id: newId(),
  model: 'test',
  revision: '1',
  dimensions,
  documentPrefix: '',
  queryPrefix: '',
  normalisation: 'l2',
  kind: 'semantic',
  createdAt: now,
})
