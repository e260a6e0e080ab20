import { defineOperation } from '@athena-memory/operations'
import { z } from 'zod'
import type { SemanticStore } from '../semantic-store.ts'
import * as schemas from './memory-schemas.ts'

const { content, found, id, memory, memoryFields, notices, projectId, remembered } = schemas

const remember = defineOperation({
  name: 'semantic.remember',
  title: 'Remember a fact',
  description:
    'Keeps something worth knowing later: a fact, preference, decision, pattern or piece of context, in one self-contained sentence or short text. What is known already, letter by letter, is not stored twice. Not for events (episodic) nor for corrections: those are semantic.supersede.',
  input: z.object({ projectId, content, ...memoryFields }),
  output: remembered.extend({ notices }),
  effect: 'write',
  idempotent: true,
  examples: [
    {
      title: 'A preference of the user',
      input: {
        projectId: 'p1',
        content: 'Ada prefers tabs over spaces',
        memoryType: 'preference',
        trust: 'user',
      },
    },
  ],
  run: (store: SemanticStore, input) => store.remember(input),
})

const rememberMany = defineOperation({
  name: 'semantic.remember-many',
  title: 'Remember many facts',
  description:
    'Like semantic.remember for up to 1000 memories, all or none, and much faster than one by one.',
  input: z.object({
    projectId,
    memories: z
      .array(z.strictObject({ content, ...memoryFields }))
      .min(1)
      .max(1000),
  }),
  output: z.object({ results: z.array(remembered), duplicates: z.number().int(), notices }),
  effect: 'write',
  idempotent: true,
  run: (store: SemanticStore, { projectId: project, memories }) =>
    store.rememberMany(memories.map((each) => ({ ...each, projectId: project }))),
})

const update = defineOperation({
  name: 'semantic.update',
  title: 'Change what is known about a memory',
  description:
    'Changes type, tags, confidence, validity or source and leaves the content as it is; null clears a field. A new content is semantic.supersede.',
  input: z.object({
    id,
    memoryType: schemas.memoryType.optional(),
    domain: schemas.domain.optional(),
    tags: schemas.tags.optional(),
    confidence: schemas.confidence.optional(),
    source: schemas.source.nullable().optional(),
    trust: schemas.trust.optional(),
    validFrom: memoryFields.validFrom.unwrap().nullable().optional(),
    validUntil: memoryFields.validUntil.unwrap().nullable().optional(),
  }),
  output: found,
  effect: 'write',
  idempotent: true,
  run: async (store: SemanticStore, { id: memoryId, ...changes }) => ({
    memory: await store.update(memoryId, changes),
  }),
})

const supersede = defineOperation({
  name: 'semantic.supersede',
  title: 'Correct or renew a memory',
  description:
    'Replaces a memory by a new version: use it when something has changed or was wrong. The old version is kept, and recall as of an earlier time still finds it. What is left out is taken over.',
  input: z.object({
    id,
    content,
    reason: z.string().max(2000).optional().describe('why the old version is replaced'),
    ...memoryFields,
  }),
  output: z.object({
    superseded: z
      .object({
        memory,
        previous: memory,
        isDuplicate: z.boolean().describe('another memory had this content and took its place'),
        redactions: z.number().int(),
        notices,
      })
      .optional()
      .describe('absent when there is no such memory'),
  }),
  effect: 'write',
  examples: [
    {
      title: 'The shop has new hours',
      input: { id: 'm1', content: 'The shop closes at eight', reason: 'new hours since June' },
    },
  ],
  run: async (store: SemanticStore, { id: memoryId, ...version }) => ({
    superseded: await store.supersede(memoryId, version),
  }),
})

const forget = defineOperation({
  name: 'semantic.forget',
  title: 'Forget a memory',
  description:
    'Erases a memory with all its versions, vectors and what was derived from it alone. It cannot be brought back: for what is only out of date use semantic.supersede.',
  input: z.object({ id }),
  output: z.object({
    forgotten: z.boolean(),
    memories: z.number().int(),
    documents: z.number().int(),
    embeddings: z.number().int(),
    derivations: z.number().int(),
    affected: z
      .array(z.object({ layer: z.string(), id: z.string() }))
      .describe('what was derived from it among other things, and stays'),
  }),
  effect: 'destructive',
  idempotent: true,
  run: (store: SemanticStore, input) => store.forget(input.id),
})

/** Operations that change what is known. */
export const rememberOperations = [remember, rememberMany, update, supersede, forget] as const
