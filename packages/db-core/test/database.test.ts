import { describeEachBackend } from '@athena-memory/testing'
import { sampleMemory, sampleProject } from '@athena-memory/testing/sample-rows'
import { asc, count, DrizzleQueryError, eq, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { type Database, StorageError } from '../src/index.ts'

const add = async ({ query, tables }: Database, name: string) => {
  await query.insert(tables.projects).values(sampleProject(name))
}

const names = async ({ query, tables }: Database): Promise<string[]> => {
  const rows = await query
    .select({ name: tables.projects.name })
    .from(tables.projects)
    .orderBy(asc(tables.projects.name))
  return rows.map(({ name }) => name)
}

const counted = async ({ query, tables }: Database): Promise<number> => {
  const [row] = await query.select({ rows: count() }).from(tables.projects)
  return row?.rows ?? 0
}

const failure = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'resolved',
    (error: unknown) => error,
  )

/** A promise that its maker settles. */
const gate = () => {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open(), opened }
}

const misuse = (words: string) =>
  expect.objectContaining({ code: 'invalid', message: expect.stringContaining(words) })

describeEachBackend('a write outside transactions', (database) => {
  it('is durable when it resolves: another connection sees it', async () => {
    await add(database(), 'durable')
    expect(await database().execute('select name from projects')).toEqual([['durable']])
  })
})

describeEachBackend('transaction', (database) => {
  it('keeps all of its statements and returns what its work returned', async () => {
    const result = await database().transaction(async (tx) => {
      expect([tx.inTransaction, tx.dialect]).toEqual([true, database().dialect])
      await add(tx, 'a')
      await add(tx, 'b')
      return names(tx)
    })
    expect(result).toEqual(['a', 'b'])
    expect(await names(database())).toEqual(['a', 'b'])
    expect(database().inTransaction).toBe(false)
  })

  it('keeps nothing when its work throws, and throws the same', async () => {
    const mistake = new RangeError('mine')
    const work = database().transaction(async (tx) => {
      await add(tx, 'a')
      throw mistake
    })
    expect(await failure(work)).toBe(mistake)
    expect(await names(database())).toEqual([])
  })

  it('shows nothing to others before it is kept', async () => {
    const outside = await database().transaction(async (tx) => {
      await add(tx, 'a')
      return database().dialect === 'sqlite' ? database().execute('select 1 from projects') : []
    })
    expect(outside).toEqual([])
  })

  it('is refused with a statement that failed, even if its error was caught', async () => {
    const work = database().transaction(async (tx) => {
      await add(tx, 'a')
      await failure(add(tx, 'a'))
      return 'kept'
    })
    expect(await failure(work)).toMatchObject({ code: 'conflict' })
    expect(await names(database())).toEqual([])
  })

  it('refuses statements after one that failed', async () => {
    const work = database().transaction(async (tx) => {
      await add(tx, 'a')
      await failure(add(tx, 'a'))
      expect(await failure(add(tx, 'b'))).toMatchObject({ code: 'conflict' })
    })
    expect(await failure(work)).toMatchObject({ code: 'conflict' })
  })

  it('refuses statements after its end', async () => {
    const kept: Database[] = []
    await database().transaction(async (tx) => {
      kept.push(tx)
      await add(tx, 'a')
    })
    await failure(
      database().transaction(async (tx) => {
        kept.push(tx)
        throw new Error('mine')
      }),
    )
    for (const tx of kept) {
      expect(await failure(add(tx, 'late'))).toEqual(misuse('has ended'))
      expect(await failure(names(tx))).toEqual(misuse('has ended'))
      expect(await failure(tx.transaction(async () => 1))).toEqual(misuse('has ended'))
    }
    expect(await names(database())).toEqual(['a'])
  })

  it('refuses the database around it instead of waiting for itself', async () => {
    const uses: ((db: Database) => Promise<unknown>)[] = [
      names,
      (db) => add(db, 'outer'),
      (db) => db.transaction(async () => 1),
      (db) => db.read(async () => 1),
    ]
    for (const use of uses) {
      const inTransaction = database().transaction(async () => use(database()))
      expect(await failure(inTransaction)).toEqual(misuse('use the database they hand out'))
      const inSnapshot = database().read(async () => use(database()))
      expect(await failure(inSnapshot)).toEqual(misuse('use the database they hand out'))
    }
    expect(await names(database())).toEqual([])
  })

  it('lets go of work that was started inside and outlives it', async () => {
    const ended = gate()
    const started = await database().transaction(async () => [
      ended.opened.then(() => names(database())),
    ])
    ended.open()
    expect(await started[0]).toEqual([])
  })

  it('runs one after the other where two could not both be right', async () => {
    const limit = 5
    const takeSeat = (seat: number) =>
      database().transaction(async (tx) => {
        if ((await counted(tx)) >= limit) return false
        await add(tx, `seat ${seat}`)
        return true
      })
    const taken = await Promise.all(Array.from({ length: 20 }, (_, seat) => takeSeat(seat)))
    expect(taken.filter(Boolean)).toHaveLength(limit)
    expect(await counted(database())).toBe(limit)
  })

  it('counts every concurrent increment', async () => {
    const { query, tables } = database()
    const project = sampleProject()
    const memory = sampleMemory(project.id)
    await query.insert(tables.projects).values(project)
    await query.insert(tables.memories).values(memory)
    const { memories } = tables
    const readThenWrite = () =>
      database().transaction(async (tx) => {
        const [row] = await tx.query.select().from(memories).where(eq(memories.id, memory.id))
        const accessCount = (row?.accessCount ?? 0) + 1
        await tx.query.update(memories).set({ accessCount }).where(eq(memories.id, memory.id))
      })
    const inOneStatement = async () => {
      await query
        .update(memories)
        .set({ accessCount: sql`${memories.accessCount} + 1` })
        .where(eq(memories.id, memory.id))
    }
    await Promise.all(Array.from({ length: 10 }, () => [readThenWrite(), inOneStatement()]).flat())
    const [row] = await query.select().from(memories)
    expect(row?.accessCount).toBe(20)
  })
})

describeEachBackend('a transaction in a transaction', (database) => {
  it('is undone alone when it throws, its failed statement forgiven', async () => {
    const mistake = new Error('mine')
    await database().transaction(async (tx) => {
      await add(tx, 'a')
      const thrown = tx.transaction(async (nested) => {
        await add(nested, 'b')
        throw mistake
      })
      expect(await failure(thrown)).toBe(mistake)
      const refused = tx.transaction(async (nested) => {
        await add(nested, 'c')
        await add(nested, 'a')
      })
      expect(await failure(refused)).toMatchObject({ code: 'conflict' })
      await add(tx, 'd')
    })
    expect(await names(database())).toEqual(['a', 'd'])
  })

  it('goes with the outer one', async () => {
    await failure(
      database().transaction(async (tx) => {
        await tx.transaction((nested) => nested.transaction((deepest) => add(deepest, 'a')))
        throw new Error('mine')
      }),
    )
    expect(await names(database())).toEqual([])
  })

  it('nests, and a middle one takes its inner ones with it', async () => {
    await database().transaction(async (tx) => {
      await failure(
        tx.transaction(async (middle) => {
          await middle.transaction((inner) => add(inner, 'a'))
          throw new Error('mine')
        }),
      )
      await tx.transaction((middle) => middle.transaction((inner) => add(inner, 'b')))
    })
    expect(await names(database())).toEqual(['b'])
  })

  it('is refused with a statement that failed, even if its error was caught', async () => {
    const work = database().transaction((tx) =>
      tx.transaction(async (nested) => {
        await add(nested, 'a')
        await failure(add(nested, 'a'))
      }),
    )
    expect(await failure(work)).toMatchObject({ code: 'conflict' })
    expect(await names(database())).toEqual([])
  })

  it('refuses the outer one while it is open, and statements after its end', async () => {
    const kept: Database[] = []
    await database().transaction(async (tx) => {
      await tx.transaction(async (nested) => {
        kept.push(nested)
        expect(await failure(add(tx, 'outer'))).toEqual(misuse('nested'))
      })
      for (const nested of kept) {
        expect(await failure(add(nested, 'late'))).toEqual(misuse('has ended'))
      }
    })
    const side = (tx: Database, name: string) => failure(tx.transaction((one) => add(one, name)))
    await database().transaction(async (tx) => {
      const sides = await Promise.all([side(tx, 'first'), side(tx, 'second')])
      expect(sides).toEqual(['resolved', misuse('one after the other')])
    })
    expect(await names(database())).toEqual(['first'])
  })
})

describeEachBackend('read', (database, { name }) => {
  it.skipIf(name === 'pglite')('is one snapshot, whatever is written meanwhile', async () => {
    const [reading, wrote] = [gate(), gate()]
    const seen = database().read(async (snapshot) => {
      const before = await names(snapshot)
      reading.open()
      await wrote.opened
      return [before, await names(snapshot)]
    })
    await reading.opened
    await add(database(), 'meanwhile')
    wrote.open()
    expect(await seen).toEqual([[], []])
    expect(await names(database())).toEqual(['meanwhile'])
  })

  it('refuses to write', async () => {
    expect(await failure(database().read((snapshot) => add(snapshot, 'a')))).toMatchObject({
      code: 'invalid',
    })
    const nested = database().read((snapshot) => snapshot.transaction(async () => 1))
    expect(await failure(nested)).toEqual(misuse('a read() cannot hold a transaction()'))
    expect(await names(database())).toEqual([])
  })

  it('inside a transaction sees what that has written', async () => {
    const seen = await database().transaction(async (tx) => {
      await add(tx, 'a')
      return tx.read(names)
    })
    expect(seen).toEqual(['a'])
  })
})

describeEachBackend('deleting a parent', (database) => {
  it('deletes what refers to it, and nothing else', async () => {
    const { query, tables } = database()
    const [one, other] = [sampleProject(), sampleProject()]
    await query.insert(tables.projects).values([one, other])
    const [first, next, kept] = [
      sampleMemory(one.id),
      sampleMemory(other.id, 'next'),
      sampleMemory(other.id, 'kept'),
    ]
    await query.insert(tables.memories).values([first, next, kept])
    const former = { ...sampleMemory(other.id), supersededBy: next.id }
    await query.insert(tables.memories).values(former)
    await query.delete(tables.projects).where(eq(tables.projects.id, one.id))
    await query.delete(tables.memories).where(eq(tables.memories.id, next.id))
    const left = await query.select({ id: tables.memories.id }).from(tables.memories)
    expect(left).toEqual([{ id: kept.id }])
  })
})

describeEachBackend('errors', (database) => {
  const secret = 'sk-very-secret content'

  /** Every way in which a store can fail, each with stored content in its parameters. */
  const mistakes: Record<string, (db: Database) => Promise<unknown>> = {
    conflict: async (db) => {
      await add(db, secret)
      await add(db, secret)
    },
    'missing-reference': async ({ query, tables }) =>
      query.insert(tables.memories).values(sampleMemory(secret, secret)),
    invalid: async ({ query, tables }) =>
      query
        .insert(tables.projects)
        .values({ ...sampleProject(), name: sql`${null}`, path: secret }),
    unknown: async ({ query, tables }) =>
      query.select({ wrong: sql`no_such_function(${secret})` }).from(tables.projects),
  }

  it('have the same code on every database, inside and outside transactions', async () => {
    for (const [code, mistake] of Object.entries(mistakes)) {
      expect(await failure(mistake(database()))).toMatchObject({ code })
      await database().empty()
      expect(await failure(database().transaction(mistake))).toMatchObject({ code })
    }
  })

  it('name the table and the columns or the constraint', async () => {
    const named = { conflict: /projects.*name/, invalid: /projects.name must not be null/ }
    for (const [code, message] of Object.entries(named)) {
      expect(await failure(mistakes[code]?.(database()) ?? Promise.resolve())).toMatchObject({
        message: expect.stringMatching(message),
      })
    }
  })

  it('hold no stored content, nor the statement, in anything that is printed of them', async () => {
    for (const mistake of Object.values(mistakes)) {
      const error = await failure(mistake(database()))
      if (!StorageError.is(error)) throw error
      const printed = [String(error), error.message, error.stack, JSON.stringify(error)].join('\n')
      expect(printed).not.toContain(secret)
      expect(printed).not.toMatch(/insert into|select /i)
      expect(error.retryable).toBe(false)
      // Only the driver's own error, which is the cause, may hold content.
      expect(error.cause).not.toBeInstanceOf(DrizzleQueryError)
      expect(error.cause).not.toHaveProperty('cause.cause')
    }
  })
})
