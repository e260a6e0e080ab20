import { describeEachBackend } from '@athena-memory/testing'
import { sampleMemory, sampleProject } from '@athena-memory/testing/sample-rows'
import { count, desc, eq, isNull, sql, sum } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { conflictTarget } from '../src/index.ts'

describeEachBackend('query', (database) => {
  it('counts', async () => {
    const { query, tables } = database()
    await query.insert(tables.projects).values([sampleProject('a'), sampleProject('b')])
    expect(await query.$count(tables.projects)).toBe(2)
    expect(await query.$count(tables.projects, eq(tables.projects.name, 'a'))).toBe(1)
    expect(await query.select({ rows: count() }).from(tables.projects)).toEqual([{ rows: 2 }])
    await database().transaction(async (tx) => {
      expect(await tx.query.$count(tables.projects)).toBe(2)
    })
  })

  it('joins, groups and sums', async () => {
    const { query, tables } = database()
    const { memories, projects } = tables
    const [one, other] = [sampleProject('one'), sampleProject('other')]
    await query.insert(projects).values([one, other])
    await query
      .insert(memories)
      .values([sampleMemory(one.id), { ...sampleMemory(one.id), accessCount: 3 }])
    const rows = await query
      .select({ name: projects.name, accesses: sum(memories.accessCount).mapWith(Number) })
      .from(projects)
      .leftJoin(memories, eq(memories.projectId, projects.id))
      .groupBy(projects.name)
      .orderBy(desc(projects.name))
    expect(rows).toEqual([
      { name: 'other', accesses: null },
      { name: 'one', accesses: 3 },
    ])
    const whole = await query
      .select()
      .from(projects)
      .leftJoin(memories, sql`1 = 0`)
      .limit(1)
    expect(whole).toMatchObject([{ memories: null, projects: { settings: {} } }])
  })

  it('returns what it wrote, changed and deleted', async () => {
    const { query, tables } = database()
    const { projects } = tables
    const project = sampleProject('a')
    const { name } = projects
    expect(await query.insert(projects).values(project).returning({ name })).toEqual([
      { name: 'a' },
    ])
    const changed = query.update(projects).set({ name: 'b' }).where(eq(name, 'a'))
    expect(await changed.returning()).toMatchObject([{ ...project, name: 'b' }])
    expect(await query.delete(projects).where(eq(name, 'a')).returning()).toEqual([])
    expect(await query.delete(projects).returning({ id: projects.id })).toEqual([
      { id: project.id },
    ])
  })

  it('upserts by a unique index, partial ones included', async () => {
    const { query, tables } = database()
    const { memories, projects } = tables
    const project = sampleProject('a')
    const upsert = (description: string) =>
      query
        .insert(projects)
        .values({ ...project, description })
        .onConflictDoUpdate({
          target: conflictTarget(projects, [projects.name]),
          set: { description: sql`excluded.description` },
        })
        .returning({ id: projects.id, description: projects.description })
    expect(await upsert('first')).toEqual([{ id: project.id, description: 'first' }])
    expect(await upsert('second')).toEqual([{ id: project.id, description: 'second' }])
    const memory = sampleMemory(project.id, 'once')
    const once = (source: string) =>
      query
        .insert(memories)
        .values({ ...memory, id: crypto.randomUUID(), source })
        .onConflictDoUpdate({
          target: conflictTarget(memories, [memories.projectId, memories.contentHash]),
          // SQLite's builder of Drizzle writes the `where` of onConflictDoNothing at a wrong place.
          targetWhere: isNull(memories.supersededAt),
          set: { source: sql`excluded.source` },
        })
        .returning({ source: memories.source })
    expect([await once('first'), await once('second')]).toEqual([
      [{ source: 'first' }],
      [{ source: 'second' }],
    ])
    expect(await query.insert(memories).values(memory).onConflictDoNothing().returning()).toEqual(
      [],
    )
  })

  it('reads from common table expressions and subqueries', async () => {
    const { query, tables } = database()
    const { projects } = tables
    await query.insert(projects).values(['a', 'b', 'c'].map(sampleProject))
    const latest = query
      .$with('latest')
      .as(
        query.select({ name: projects.name }).from(projects).orderBy(desc(projects.name)).limit(2),
      )
    const rows = await query
      .with(latest)
      .selectDistinct({ name: latest.name })
      .from(latest)
      .orderBy(latest.name)
    expect(rows).toEqual([{ name: 'b' }, { name: 'c' }])
  })
})
