import type { MemoryStatus } from 'athena-memory'
import type { Check } from './check.ts'

/** Whether texts get their vectors. Search by words goes on without them, so nothing here fails. */
export const checkEmbedding = ({ embedding }: Pick<MemoryStatus, 'embedding'>): Check[] => {
  if (!embedding) {
    return [{ name: 'embedder', status: 'pass', detail: 'none wanted: search is by words alone' }]
  }
  const { space, health, embedded, pending } = embedding
  return [
    {
      name: 'embedder',
      status: health.status === 'ok' ? 'pass' : 'warn',
      detail: `${space.model}, ${health.detail ?? `${health.latencyMs.toFixed(0)} ms`}`,
      ...(health.status !== 'ok' && {
        advice: 'start the server, or correct ATHENA_EMBEDDING_URL',
      }),
    },
    {
      name: 'embeddings',
      status: pending === 0 ? 'pass' : 'warn',
      detail: `${embedded} done, ${pending} pending`,
      ...(pending > 0 && { advice: 'athena embed' }),
    },
  ]
}
