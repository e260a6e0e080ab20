import type { Database } from '@athena-memory/db-core'
import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { type Entity, toEntity } from '../entities/entity.ts'
import { behind, behindId, cutPage, DEFAULT_LIMIT, type PageRequest } from '../page.ts'
import { type Community, type CommunityRow, toCommunity } from './community.ts'

/** Which communities to list. */
export interface CommunityFilter extends PageRequest {
  readonly projectId: string
  /** 0, the default, for the finest. */
  readonly level?: number | undefined
}

/** A page of communities. */
export interface CommunityPage {
  readonly communities: Community[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

/** A page of the communities of a level; see `GraphStore.communities`. */
export const listCommunities = async (
  { query, tables: { communities } }: Database,
  { projectId, level = 0, limit = DEFAULT_LIMIT, cursor }: CommunityFilter,
): Promise<CommunityPage> => {
  const found = await query
    .select()
    .from(communities)
    .where(
      and(
        eq(communities.projectId, projectId),
        eq(communities.level, level),
        behind(communities.memberCount, communities.id, cursor),
      ),
    )
    .orderBy(desc(communities.memberCount), desc(communities.id))
    .limit(limit + 1)
  const { rows, nextCursor } = cutPage(found, limit, ({ memberCount, id }) => ({
    value: memberCount,
    id,
  }))
  return { communities: rows.map(toCommunity), nextCursor }
}

/** Whose members to list. */
export interface MemberFilter extends PageRequest {
  readonly communityId: string
}

/** A page of members. */
export interface MemberPage {
  readonly entities: Entity[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

/** A page of the members of a community of any level; see `GraphStore.communityMembers`. */
export const listMembers = async (
  db: Database,
  { communityId, limit = DEFAULT_LIMIT, cursor }: MemberFilter,
): Promise<MemberPage> => {
  const { entities } = db.tables
  const found = await db.query
    .select()
    .from(entities)
    .where(and(inArray(entities.id, memberIdsOf(db, communityId)), behindId(entities.id, cursor)))
    .orderBy(asc(entities.id))
    .limit(limit + 1)
  const { rows, nextCursor } = cutPage(found, limit, ({ id }) => ({ value: 0, id }))
  return { entities: rows.map(toEntity), nextCursor }
}

/** The ids of the members of a community, through all finer ones inside it, as a subquery. */
export const memberIdsOf = (
  { tables: { communities, communityMembers } }: Database,
  communityId: string,
): SQL => sql`(with recursive
  inside(id) as (
    select ${communities.id} from ${communities} where ${eq(communities.id, communityId)}
    union
    select finer.id from ${communities} finer join inside on finer.parent_id = inside.id
  )
  select member.entity_id from ${communityMembers} member join inside on member.community_id = inside.id)`

/** The row of a community. */
export const findCommunity = async (
  { query, tables: { communities } }: Database,
  id: string,
): Promise<CommunityRow | undefined> => {
  const [row] = await query.select().from(communities).where(eq(communities.id, id)).limit(1)
  return row
}
