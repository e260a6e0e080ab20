import { defineOperation, isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { TENDENCIES } from '../assess-calibration.ts'
import { LOAD_LEVELS } from '../cognitive-load.ts'
import type { MetaStore } from '../meta-store.ts'
import * as schemas from './meta-schemas.ts'

const { count, domain, item, itemRef, projectId, share } = schemas

const calibrate = defineOperation({
  name: 'meta.calibrate',
  title: 'Note how sure and how right you were',
  description:
    'Notes, for each thing you were more or less sure of, how it turned out: 1 where you were right, 0 where you were wrong. Use it whenever an outcome becomes known.',
  input: z.object({
    projectId,
    samples: z
      .array(
        z.strictObject({
          reportedConfidence: share.describe('as you said before'),
          actualConfidence: share.describe('as it turned out'),
          domain: domain.optional(),
          item: item.optional().describe('what you were sure of, where it is a row'),
        }),
      )
      .min(1)
      .max(1000),
  }),
  output: z.object({ recorded: count }),
  effect: 'write',
  examples: [
    {
      title: 'Sure, and wrong',
      input: { projectId: 'p1', samples: [{ reportedConfidence: 0.9, actualConfidence: 0 }] },
    },
  ],
  run: async (store: MetaStore, input) => ({ recorded: await store.calibrate(input) }),
})

const calibrationSchema = z.object({
  samples: count,
  meanReported: z.number(),
  meanActual: z.number(),
  meanAbsoluteError: z.number(),
  isWellCalibrated: z.boolean(),
  tendency: z.enum(TENDENCIES),
  adjustment: z.number().optional().describe('what to multiply a reported confidence by'),
})

const calibration = defineOperation({
  name: 'meta.calibration',
  title: 'Compare confidence with outcomes',
  description:
    'Says whether reported confidence came true, over all samples or those of a domain, and how to adjust it.',
  input: z.object({ projectId, domain: domain.optional(), since: isoDate.optional() }),
  output: z.object({
    calibration: calibrationSchema.optional().describe('absent without samples'),
  }),
  effect: 'read',
  examples: [{ title: 'In one domain', input: { projectId: 'p1', domain: 'postgres' } }],
  run: async (store: MetaStore, input) => ({ calibration: await store.calibration(input) }),
})

const loadSchema = z.object({
  active: count,
  capacity: count,
  utilisation: z.number(),
  latencyMs: z.number().optional(),
  level: z.enum([...LOAD_LEVELS.map(({ level }) => level), 'low'] as const),
})

const load = defineOperation({
  name: 'meta.load',
  title: 'Show the load of working memory',
  description:
    'Says how full working memory is now, and what level of load that is. Use it before you take up more.',
  input: z.object({
    projectId,
    latencyMs: z.number().min(0).max(86_400_000).optional().describe('what you measured'),
  }),
  output: z.object({
    load: loadSchema.optional().describe('absent where nothing reads working memory'),
  }),
  effect: 'read',
  examples: [{ title: 'Now', input: { projectId: 'p1' } }],
  run: async (store: MetaStore, input) => ({ load: await store.load(input) }),
})

const report = defineOperation({
  name: 'meta.report',
  title: 'Report on what is known',
  description:
    'Sums up layers, domains, gaps, outcomes, quality, calibration and load of a project as of now. Figures that nothing speaks for are absent.',
  input: z.object({ projectId }),
  output: z.object({
    layers: z.array(
      z.object({
        layer: z.string(),
        rows: count,
        domains: count,
        meanConfidence: z.number().optional(),
        meanUsefulness: z.number().optional(),
      }),
    ),
    domains: z.object({ count, best: z.array(schemas.domainSchema) }),
    gaps: z.object({ open: count, worst: z.array(schemas.gap) }),
    outcomes: z.object({ total: count, failures: count }).optional(),
    quality: z
      .object({
        items: count,
        accesses: count,
        judged: count,
        low: count,
        meanUsefulness: z.number().optional(),
        meanConfidence: z.number().optional(),
      })
      .optional(),
    calibration: calibrationSchema.optional(),
    load: loadSchema.optional(),
    transfers: z.object({ received: count, given: count }),
  }),
  // It brings domains and gaps up to date.
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'How do I stand?', input: { projectId: 'p1' } }],
  run: (store: MetaStore, input) => store.report(input.projectId),
})

const receipt = z.object({
  forgotten: z.boolean(),
  qualities: count,
  domains: count,
  gaps: count,
  transfers: count,
  calibrations: count,
  derivations: count,
  affected: z.array(itemRef).describe('what was derived from it, and stays'),
})

const forget = defineOperation({
  name: 'meta.forget',
  title: 'Forget rows of meta memory',
  description:
    'Erases gaps, transfers, samples and figures by their ids. The items that they name stay; domains and gaps that show in the data come back.',
  input: z.object({ ids: z.array(z.string().min(1).max(100)).min(1).max(1000) }),
  output: receipt,
  effect: 'destructive',
  idempotent: true,
  examples: [{ title: 'A transfer', input: { ids: ['t1'] } }],
  run: (store: MetaStore, input) => store.forget(input.ids),
})

const forgetItems = defineOperation({
  name: 'meta.forget-items',
  title: 'Forget all that names some items',
  description:
    'Erases quality, samples, transfers and gaps that name one of these items. For a program that has erased them in their own layer.',
  input: z.object({ projectId, items: z.array(item).min(1).max(1000) }),
  output: receipt,
  effect: 'destructive',
  idempotent: true,
  examples: [
    {
      title: 'After a memory was forgotten',
      input: { projectId: 'p1', items: [{ layer: 'semantic', id: 'm1' }] },
    },
  ],
  run: (store: MetaStore, input) => store.forgetItems(input),
})

/** Operations that assess the memory as a whole, and erase what it says. */
export const assessmentOperations = [
  calibrate,
  calibration,
  load,
  report,
  forget,
  forgetItems,
] as const
