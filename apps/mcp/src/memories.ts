import type { Athena } from 'athena-memory'

/** The open memories of this process: the one it is configured for, and those of other tenants. */
export interface Memories {
  /**
   * The memory of a tenant, or of the configured one; opened once, when it is first asked for. After a
   * failure the next caller opens it anew.
   */
  readonly of: (tenantId?: string) => Promise<Athena>
  /** Those that are open now. */
  readonly opened: () => readonly Athena[]
  /** Closes all of them, and those that are still being opened. */
  readonly close: () => Promise<void>
}

/** Opens memories with `openConfigured` and, from there, those of other tenants. */
export const createMemories = (openConfigured: () => Promise<Athena>): Memories => {
  const opening = new Map<string, Promise<Athena>>()
  const opened = new Set<Athena>()

  const of = (tenantId = CONFIGURED): Promise<Athena> => {
    const known = opening.get(tenantId)
    if (known) return known
    const athena = tenantId === CONFIGURED ? openConfigured() : openTenant(tenantId)
    opening.set(tenantId, athena)
    athena.then(
      (one) => opened.add(one),
      () => opening.delete(tenantId),
    )
    return athena
  }
  const openTenant = async (tenantId: string): Promise<Athena> => {
    const configured = await of()
    return tenantId === configured.database.tenantId ? configured : configured.forTenant(tenantId)
  }
  return {
    of,
    opened: () => [...opened],
    close: async () => {
      await Promise.allSettled(opening.values())
      await Promise.all([...opened].map((athena) => athena.close()))
    },
  }
}

/** No tenant has an empty name. */
const CONFIGURED = ''
