import type { Database } from '@athena-memory/db-core'
import { eq, inArray, sql } from 'drizzle-orm'
import { lookUp } from '../chunks.ts'

/** Takes entities out of their communities of all levels: a label may hold their names, and they count no more. */
export const leaveCommunities = async (
  { query, tables: { communities, communityMembers } }: Database,
  entityIds: ReadonlySet<string>,
  at: Date,
): Promise<void> => {
  const memberships = await lookUp(entityIds, (chunk) =>
    query
      .select({ communityId: communityMembers.communityId })
      .from(communityMembers)
      .where(inArray(communityMembers.entityId, chunk)),
  )
  let leaving = countAll(memberships.map(({ communityId }) => communityId))
  // As many levels as there are, each with the communities that hold those before.
  while (leaving.size > 0) {
    const left = await lookUp(leaving.keys(), (chunk) =>
      query
        .select({ id: communities.id, parentId: communities.parentId })
        .from(communities)
        .where(inArray(communities.id, chunk)),
    )
    for (const [id, members] of leaving) {
      await query
        .update(communities)
        .set({
          label: null,
          memberHash: '',
          memberCount: sql`${communities.memberCount} - ${members}`,
          updatedAt: at,
        })
        .where(eq(communities.id, id))
    }
    leaving = countAll(
      left.flatMap(({ id, parentId }) =>
        parentId === null ? [] : Array.from({ length: leaving.get(id) ?? 0 }, () => parentId),
      ),
    )
  }
}

const countAll = (ids: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}
