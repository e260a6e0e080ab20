import { defineOperation, isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { MEMORY_SORTS } from '../list-memories.ts'
import type { SemanticStore } from '../semantic-store.ts'
import {
  domain,
  found,
  id,
  ids,
  memory,
  memoryType,
  notices,
  projectId,
  recalled,
  state,
  tags,
} from './memory-schemas.ts'

const filter = {
  limit: z.number().int().min(1).max(100).default(10),
  memoryTypes: z.array(memoryType).min(1).optional(),
  tags: tags.optional().describe('memories that have all of these'),
  consolidationStates: z.array(state).min(1).optional(),
  asOf: isoDate.optional().describe('what was true then; default now'),
  from: isoDate.optional().describe('said from then on'),
  to: isoDate.optional().describe('said before then'),
  minScore: z.number().min(0).optional(),
  markRetrieved: z.boolean().default(true).describe('false leaves no trace of the recall'),
}
const query = z.string().min(1).max(10_000).describe('a question or a few words')
const outcome = z.object({ results: z.array(recalled), notices })

const recall = defineOperation({
  name: 'semantic.recall',
  title: 'Recall what is known',
  description:
    'Answers a question from the memories of a project, by words and by meaning, best first; nothing relevant is an empty list. Use it before asking the user again.',
  input: z.object({ projectId, query, ...filter }),
  output: outcome,
  // It counts the access and opens consolidated memories to change.
  effect: 'write',
  examples: [{ title: 'A question', input: { projectId: 'p1', query: 'how do we indent?' } }],
  run: (store: SemanticStore, input) => store.recall(input),
})

const searchAcrossProjects = defineOperation({
  name: 'semantic.search-across-projects',
  title: 'Recall from other projects',
  description:
    'Like semantic.recall over all projects. Use it when the project itself knows no answer.',
  input: z.object({
    query,
    excludeProjectId: z.string().min(1).optional().describe('usually the current project'),
    ...filter,
  }),
  output: outcome,
  effect: 'write',
  run: (store: SemanticStore, input) => store.searchAcrossProjects(input),
})

const get = defineOperation({
  name: 'semantic.get',
  title: 'Get a memory',
  description: 'Looks one version of a memory up by its id.',
  input: z.object({ id }),
  output: found,
  effect: 'read',
  run: async (store: SemanticStore, input) => ({ memory: await store.get(input.id) }),
})

const list = defineOperation({
  name: 'semantic.list',
  title: 'List memories',
  description:
    'Lists the memories of a project a page at a time: the most useful, newest or most often accessed first. To find an answer use semantic.recall.',
  input: z.object({
    projectId,
    sort: z.enum(MEMORY_SORTS).default('recent'),
    limit: z.number().int().min(1).max(500).default(20),
    cursor: z.string().min(1).optional().describe('nextCursor of the page before'),
    memoryTypes: z.array(memoryType).min(1).optional(),
    domain: domain.optional(),
    consolidationStates: z.array(state).min(1).optional(),
    includeSuperseded: z.boolean().default(false).describe('old versions too'),
  }),
  output: z.object({ memories: z.array(memory), nextCursor: z.string().optional() }),
  effect: 'read',
  run: (store: SemanticStore, input) => store.list(input),
})

const history = defineOperation({
  name: 'semantic.history',
  title: 'Show the versions of a memory',
  description: 'Gives all versions of a memory from the oldest to the current one, with reasons.',
  input: z.object({ id }),
  output: z.object({ versions: z.array(memory) }),
  effect: 'read',
  run: async (store: SemanticStore, input) => ({ versions: await store.history(input.id) }),
})

const markAccessed = defineOperation({
  name: 'semantic.mark-accessed',
  title: 'Note that memories were used',
  description:
    'Counts one access of each memory. Recall does so by itself; use it for memories that came from elsewhere, such as a list.',
  input: z.object({ ids }),
  output: z.object({ accessed: z.number().int() }),
  effect: 'write',
  run: async (store: SemanticStore, input) => ({ accessed: await store.markAccessed(input.ids) }),
})

const markRetrieved = defineOperation({
  name: 'semantic.mark-retrieved',
  title: 'Count memories as recalled',
  description:
    'Notes that an answer was made of these memories: one access of each, and those that were consolidated are open to change for a while. Recall does this by itself; use it for memories that were found some other way.',
  input: z.object({ ids }),
  output: z.object({ retrieved: z.number().int() }),
  effect: 'write',
  run: async (store: SemanticStore, input) => ({
    retrieved: await store.markRetrieved(input.ids),
  }),
})

/** Operations that find what is known. */
export const recallOperations = [
  recall,
  searchAcrossProjects,
  get,
  list,
  history,
  markAccessed,
  markRetrieved,
] as const
