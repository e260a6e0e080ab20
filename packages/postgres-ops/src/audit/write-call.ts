import type { OpsContext } from '../ops-context.ts'
import type { AuditedCall } from './audited-call.ts'

/** What a call is written down with besides who made it and when. */
export type CallOutcome = Pick<AuditedCall, 'tool' | 'statement' | 'verdict' | 'reason' | 'rows'>

/** Starts the clock of a call; what it gives writes the call down. */
export const beginCall = ({
  settings,
  login,
  audit,
}: OpsContext): ((outcome: CallOutcome) => Promise<void>) => {
  const at = new Date()
  const began = performance.now()
  return (outcome) =>
    audit({
      at,
      actor: settings.actor,
      role: login.role,
      tenantId: settings.tenant?.id,
      ...outcome,
      durationMs: performance.now() - began,
    })
}
