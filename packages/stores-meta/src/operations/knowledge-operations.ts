import { defineOperation, isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { GAP_KINDS } from '../detect-gaps.ts'
import { GAP_STATUSES } from '../list-gaps.ts'
import type { MetaStore } from '../meta-store.ts'
import { TRANSFER_DIRECTIONS } from '../transfers.ts'
import * as schemas from './meta-schemas.ts'

const { category, domain, domainSchema, gap, knowledge, nextCursor, page, projectId } = schemas

const domains = defineOperation({
  name: 'meta.domains',
  title: 'List what is known about',
  description:
    'Lists the domains of a project with how much is known of each now, the highest expertise first. For one domain use meta.expertise.',
  input: z.object({ projectId, category: category.optional(), ...page }),
  output: z.object({ domains: z.array(domainSchema), nextCursor }),
  // It brings the stored figures up to date.
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'All domains', input: { projectId: 'p1' } }],
  run: (store: MetaStore, input) => store.domains(input),
})

const categorize = defineOperation({
  name: 'meta.categorize',
  title: 'Say what sort of domain it is',
  description:
    'Sets the category of a domain that something is known of; until then it is general.',
  input: z.object({ projectId, domain, category }),
  output: z.object({ domain: domainSchema.optional().describe('absent when there is none') }),
  effect: 'write',
  idempotent: true,
  examples: [
    { title: 'A database', input: { projectId: 'p1', domain: 'postgres', category: 'database' } },
  ],
  run: async (store: MetaStore, input) => ({ domain: await store.categorize(input) }),
})

const expertise = defineOperation({
  name: 'meta.expertise',
  title: 'Judge the expertise in a domain',
  description:
    'Says how much all layers know of one domain now, and how far that can be relied on. Use it before you rely on memory in a field, or to decide whether to look things up.',
  input: z.object({ projectId, domain }),
  output: z.object({
    knowledge: knowledge.optional().describe('absent when nothing is known of it'),
  }),
  effect: 'read',
  examples: [{ title: 'Postgres', input: { projectId: 'p1', domain: 'postgres' } }],
  run: async (store: MetaStore, input) => ({ knowledge: await store.expertise(input) }),
})

const gaps = defineOperation({
  name: 'meta.gaps',
  title: 'List gaps in what is known',
  description:
    'Lists what is missing or wrong now, the most severe first: few memories, low confidence, no procedure, many failures, contradictions. Use it to choose what to learn or to ask.',
  input: z.object({
    projectId,
    status: z.enum(GAP_STATUSES).default('open'),
    kinds: z.array(z.enum(GAP_KINDS)).min(1).optional().describe('default any'),
    domain: domain.optional(),
    ...page,
  }),
  output: z.object({ gaps: z.array(gap), nextCursor }),
  // It opens gaps that show now, and resolves those that do not.
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'What should I learn?', input: { projectId: 'p1', limit: 5 } }],
  run: (store: MetaStore, input) => store.gaps(input),
})

const resolveGap = defineOperation({
  name: 'meta.resolve-gap',
  title: 'Resolve a gap',
  description:
    'Says what was done about a gap, or why it is none. It opens again only when it gets worse. A gap that the data no longer show needs no resolving.',
  input: z.object({
    id: z.string().min(1).max(100).describe('id of the gap'),
    resolution: z.string().min(1).max(2000),
  }),
  output: z.object({ gap: gap.optional().describe('absent when there is none') }),
  effect: 'write',
  idempotent: true,
  examples: [
    { title: 'It is meant so', input: { id: 'g1', resolution: 'not part of this project' } },
  ],
  run: async (store: MetaStore, { id, resolution }) => ({
    gap: await store.resolveGap(id, resolution),
  }),
})

const transferFields = {
  projectId: projectId.describe('id of the project that receives'),
  fromProjectId: z.string().min(1).max(100).describe('id of the project that gives'),
  layer: schemas.layer,
  fromId: schemas.itemId,
  toId: schemas.itemId.optional().describe('id of the row that was made of it here'),
  applicability: schemas.share.describe('how well it fits here'),
  reason: z.string().min(1).max(2000).optional(),
}
const transferSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  fromProjectId: z.string(),
  layer: z.string(),
  fromId: z.string(),
  toId: z.string().optional(),
  applicability: z.number(),
  reason: z.string().optional(),
  transferredAt: isoDate,
})

const transfer = defineOperation({
  name: 'meta.transfer',
  title: 'Note what another project taught',
  description:
    'Notes that something known in one project is of use in another. It copies nothing: remember it there first, and give the id of what you made.',
  input: z.object(transferFields),
  output: z.object({ transfer: transferSchema }),
  effect: 'write',
  examples: [
    {
      title: 'A convention that holds here too',
      input: {
        projectId: 'p2',
        fromProjectId: 'p1',
        layer: 'semantic',
        fromId: 'm1',
        toId: 'm7',
        applicability: 0.8,
      },
    },
  ],
  run: async (store: MetaStore, input) => ({ transfer: await store.transfer(input) }),
})

const transfers = defineOperation({
  name: 'meta.transfers',
  title: 'List transfers between projects',
  description: 'Lists what a project received from others, or gave to them, the latest first.',
  input: z.object({
    projectId,
    direction: z.enum(TRANSFER_DIRECTIONS).default('received'),
    ...page,
  }),
  output: z.object({ transfers: z.array(transferSchema), nextCursor }),
  effect: 'read',
  examples: [{ title: 'What it received', input: { projectId: 'p2' } }],
  run: (store: MetaStore, input) => store.transfers(input),
})

/** Operations on what is known of which domain, and what is not. */
export const knowledgeOperations = [
  domains,
  categorize,
  expertise,
  gaps,
  resolveGap,
  transfer,
  transfers,
] as const
