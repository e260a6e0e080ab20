import type { Vocabulary } from '../vocabulary/vocabulary.ts'

/** Where a span of evidence lies in its text, in UTF-16 code units. */
export interface EvidenceSpan {
  readonly start: number
  readonly end: number
}

/** Why something is believed: a derived row, one piece of its evidence, and how it was derived. */
export const defineDerivations = (c: Vocabulary) => {
  const derivations = c.table(
    'derivations',
    {
      id: c.text('id').notNull(),
      derivedLayer: c.text('derived_layer').notNull(),
      derivedId: c.text('derived_id').notNull(),
      evidenceLayer: c.text('evidence_layer').notNull(),
      evidenceId: c.text('evidence_id').notNull(),
      evidenceSpan: c.json<EvidenceSpan>('evidence_span'),
      method: c.text('method').notNull(),
      model: c.text('model'),
      promptHash: c.text('prompt_hash'),
      confidence: c.real('confidence').notNull(),
      runId: c.text('run_id'),
      createdAt: c.timestamp('created_at').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.index('derivations_derived_idx', t, [t.derivedLayer, t.derivedId]),
      c.index('derivations_evidence_idx', t, [t.evidenceLayer, t.evidenceId]),
    ],
  )
  return { derivations }
}
