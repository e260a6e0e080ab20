import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDocumentIndex } from '@athena-memory/search'
import { describeEachBackend } from '@athena-memory/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEpisodicStore } from '../src/episodic-store.ts'
import { failAfter } from './fail-after.ts'
import { createRepository, type TestRepository } from './git-repository.ts'
import { addProject, openEpisodic } from './open-episodic.ts'

describeEachBackend('ingesting git', (database) => {
  let repository: TestRepository
  beforeEach(async () => {
    repository = await createRepository()
  })
  afterEach(() => repository.remove())

  const ingested = async (projectId: string) => {
    const { query, tables } = database()
    const rows = await query.select().from(tables.episodes)
    return rows.filter((row) => row.projectId === projectId)
  }

  it('records each commit with author, time, files and lines', async () => {
    const { store, projectId } = await openEpisodic(database())
    await repository.write('a.txt', 'one\ntwo\nthree\nfour\nfive\n')
    const first = await repository.commit('Begin\n\nWith a body that says why')
    await repository.git('mv', 'a.txt', 'b "ü".txt')
    await repository.write('bin', new Uint8Array([0, 1, 2, 0]))
    await repository.write('tab\tand\nline', 'x\n')
    const second = await repository.commit('Move it')
    const report = await store.ingestGit({ projectId, path: repository.path })
    expect(report).toEqual({
      repository: expect.any(String),
      head: second,
      commits: 2,
      added: 2,
      duplicates: 0,
      redactions: 0,
      notices: [],
    })
    const { episodes } = await store.list({ projectId })
    expect(episodes).toMatchObject([
      {
        eventType: 'commit',
        content: 'Move it',
        occurredAt: new Date('2025-01-01T00:02:00Z'),
        files: ['a.txt', 'b "ü".txt', 'bin', 'tab\tand\nline'],
        filesChanged: 3,
        linesAdded: 1,
        linesDeleted: 0,
        source: report.repository,
        code: { commit: second, parents: [first], author: 'Ada', authorEmail: 'ada@example.org' },
      },
      {
        content: 'Begin\n\nWith a body that says why',
        occurredAt: new Date('2025-01-01T00:01:00Z'),
        files: ['a.txt'],
        filesChanged: 1,
        linesAdded: 5,
        linesDeleted: 0,
        code: { commit: first, parents: [] },
      },
    ])
    const ofFile = await store.list({ projectId, file: 'a.txt' })
    expect(ofFile.episodes).toHaveLength(2)
    const { results } = await store.search({ projectId, query: 'who moved it?' })
    expect(results[0]?.code?.commit).toBe(second)
  })

  it('adds nothing the second time, and then only what is new', async () => {
    const { store, projectId } = await openEpisodic(database())
    for (const name of ['a', 'b', 'c']) {
      await repository.write(name, name)
      await repository.commit(`Add ${name}`)
    }
    const { path } = repository
    expect(await store.ingestGit({ projectId, path })).toMatchObject({ commits: 3, added: 3 })
    expect(await store.ingestGit({ projectId, path })).toMatchObject({ commits: 0, added: 0 })
    await repository.commit('Nothing to see')
    await mkdir(join(path, 'inside'))
    expect(await store.ingestGit({ projectId, path: join(path, 'inside') })).toMatchObject({
      commits: 1,
      added: 1,
    })
    const other = await addProject(database(), 'other')
    expect(await store.ingestGit({ projectId: other, path })).toMatchObject({ added: 4 })
    const { query, tables } = database()
    const cursors = await query.select().from(tables.ingestionCursors)
    expect(cursors.map(({ projectId: of, episodeCount }) => [of, episodeCount])).toEqual(
      expect.arrayContaining([
        [projectId, 4],
        [other, 4],
      ]),
    )
  })

  it('goes through merges, which have no files of their own', async () => {
    const { store, projectId } = await openEpisodic(database())
    await repository.write('a', '1\n')
    await repository.commit('Base')
    await repository.git('checkout', '--quiet', '-b', 'side')
    await repository.write('side', '1\n')
    await repository.commit('Side')
    await repository.git('checkout', '--quiet', 'main')
    await repository.write('main', '1\n')
    await repository.commit('Main')
    await repository.git('merge', '--quiet', '--no-ff', '-m', 'Merge side', 'side')
    await repository.git('config', 'log.diffMerges', 'first-parent')
    const { path } = repository
    expect(await store.ingestGit({ projectId, path })).toMatchObject({ added: 4 })
    const { episodes } = await store.list({ projectId })
    const merge = episodes.find(({ content }) => content === 'Merge side')
    expect(merge?.code?.parents).toHaveLength(2)
    expect(merge).toMatchObject({ files: [], filesChanged: 0, linesAdded: 0 })
    expect(episodes.reduce((sum, { linesAdded = 0 }) => sum + linesAdded, 0)).toBe(3)
  })

  it('keeps commits apart that look the same', async () => {
    const { store, projectId } = await openEpisodic(database())
    const date = ['--date', '2025-05-05T00:00:00Z']
    const ids = [
      await repository.commit('', ...date),
      await repository.commit('', ...date),
      await repository.commit('', ...date),
    ]
    const { path } = repository
    expect(await store.ingestGit({ projectId, path })).toMatchObject({ commits: 3, added: 3 })
    const { query, tables } = database()
    await query.delete(tables.ingestionCursors)
    expect(await store.ingestGit({ projectId, path })).toMatchObject({ commits: 3, added: 0 })
    const rows = await ingested(projectId)
    expect(new Set(rows.map(({ code }) => code?.['commit']))).toEqual(new Set(ids))
    expect(new Set(rows.map(({ content }) => content))).toEqual(
      new Set(['Commit without a message']),
    )
  })

  it('records a rewritten history once, and what is new in it', async () => {
    const { store, projectId } = await openEpisodic(database())
    const { path } = repository
    await repository.write('a', '1\n')
    await repository.commit('Base')
    for (const name of ['one', 'two']) {
      await repository.write(name, '1\n')
      await repository.commit(`Add ${name}`)
    }
    await store.ingestGit({ projectId, path })
    // The two commits again, on a base that is another.
    await repository.git('branch', 'old')
    await repository.git('reset', '--quiet', '--hard', 'HEAD~2')
    await repository.write('b', '1\n')
    await repository.commit('Another base')
    await repository.git('cherry-pick', 'old~1', 'old')
    await repository.git('branch', '-D', 'old')
    expect(await store.ingestGit({ projectId, path })).toMatchObject({
      commits: 3,
      added: 1,
      duplicates: 2,
    })
    // Nor is it recorded again when nothing of the old history is left.
    await repository.git('reflog', 'expire', '--expire=now', '--all')
    await repository.git('gc', '--quiet', '--prune=now')
    await repository.commit('Add two in other words', '--amend')
    await repository.git('reflog', 'expire', '--expire=now', '--all')
    await repository.git('gc', '--quiet', '--prune=now')
    expect(await store.ingestGit({ projectId, path })).toMatchObject({ commits: 4, added: 1 })
    expect((await ingested(projectId)).map(({ content }) => content).toSorted()).toEqual([
      'Add one',
      'Add two',
      'Add two in other words',
      'Another base',
      'Base',
    ])
  })

  describe('interrupted half-way', () => {
    const fill = (commits: number) => {
      const stream: string[] = []
      for (let at = 1; at <= commits; at += 1) {
        stream.push(
          `commit refs/heads/main\nmark :${at}\ncommitter Ada <ada@example.org> ${1_700_000_000 + at} +0000\n`,
          `data ${`Commit ${at}`.length}\nCommit ${at}\n`,
          at > 1 ? `from :${at - 1}\n` : '',
          `M 100644 inline f${at}\ndata 2\nx\n\n`,
        )
      }
      spawnSync('git', ['fast-import', '--quiet'], {
        cwd: repository.path,
        input: stream.join(''),
      })
    }

    it('loses nothing and doubles nothing', async () => {
      const { projectId } = await openEpisodic(database())
      const { path } = repository
      fill(350)
      const documents = createDocumentIndex(database())
      const broken = createEpisodicStore(database(), { documents: failAfter(documents, 2) })
      await expect(broken.ingestGit({ projectId, path })).rejects.toThrow('killed')
      expect(await ingested(projectId)).toHaveLength(200)
      const store = createEpisodicStore(database(), { documents })
      expect(await store.ingestGit({ projectId, path })).toMatchObject({ commits: 150, added: 150 })
      expect(await store.ingestGit({ projectId, path })).toMatchObject({ commits: 0, added: 0 })
      const contents = (await ingested(projectId)).map(({ content }) => content)
      expect(new Set(contents).size).toBe(350)
      expect(await documents.status()).toMatchObject({ documents: 350 })
    })

    it('goes on when commits were made meanwhile', async () => {
      const { projectId } = await openEpisodic(database())
      const { path } = repository
      fill(150)
      const documents = createDocumentIndex(database())
      const broken = createEpisodicStore(database(), { documents: failAfter(documents, 1) })
      await expect(broken.ingestGit({ projectId, path })).rejects.toThrow('killed')
      await repository.git('reset', '--quiet', '--hard')
      await repository.commit('Meanwhile')
      const store = createEpisodicStore(database(), { documents })
      expect(await store.ingestGit({ projectId, path })).toMatchObject({ added: 51 })
      expect(await ingested(projectId)).toHaveLength(151)
    })

    it('records each commit once for several callers at once', async () => {
      const { projectId } = await openEpisodic(database())
      const { path } = repository
      fill(230)
      const documents = createDocumentIndex(database())
      const store = createEpisodicStore(database(), { documents })
      const reports = await Promise.all([1, 2, 3].map(() => store.ingestGit({ projectId, path })))
      expect(reports.reduce((sum, { added }) => sum + added, 0)).toBe(230)
      expect(await ingested(projectId)).toHaveLength(230)
      expect(await store.ingestGit({ projectId, path })).toMatchObject({ added: 0 })
    })
  })

  it('finds nothing in an empty repository, and what comes later', async () => {
    const { store, projectId } = await openEpisodic(database())
    const { path } = repository
    expect(await store.ingestGit({ projectId, path })).toEqual({
      repository: expect.any(String),
      commits: 0,
      added: 0,
      duplicates: 0,
      redactions: 0,
      notices: [],
    })
    await repository.commit('At last')
    expect(await store.ingestGit({ projectId, path })).toMatchObject({ added: 1 })
  })

  it('reads a bare repository and one whose head stands on no branch', async () => {
    const { store, projectId } = await openEpisodic(database())
    await repository.commit('One')
    await repository.commit('Two')
    await repository.git('clone', '--quiet', '--bare', '.', 'bare.git')
    await repository.git('checkout', '--quiet', '--detach', 'HEAD~1')
    const { path } = repository
    expect(await store.ingestGit({ projectId, path })).toMatchObject({ added: 1 })
    const bare = await store.ingestGit({ projectId, path: join(path, 'bare.git') })
    expect(bare).toMatchObject({ commits: 2, added: 1, duplicates: 1 })
  })

  it('says what is wrong with a path or a project', async () => {
    const { store, projectId } = await openEpisodic(database())
    const folder = await mkdtemp(join(tmpdir(), 'episodic-none-'))
    await writeFile(join(folder, 'file'), 'x')
    const refused = store.ingestGit({ projectId, path: folder })
    await expect(refused).rejects.toMatchObject({ code: 'invalid' })
    await expect(refused).rejects.toThrow('path must be a directory in a git repository')
    for (const path of [join(folder, 'none'), join(folder, 'file')]) {
      await expect(store.ingestGit({ projectId, path })).rejects.toThrow('path must be a directory')
    }
    await rm(folder, { recursive: true })
    await repository.commit('One')
    await expect(
      store.ingestGit({ projectId: 'none', path: repository.path }),
    ).rejects.toMatchObject({ code: 'missing-reference' })
  })

  it('reads the repository that is asked for, also in a hook of another', async () => {
    const { store, projectId } = await openEpisodic(database())
    await repository.commit('Mine')
    vi.stubEnv('GIT_DIR', '/nowhere/.git')
    const report = await store.ingestGit({ projectId, path: repository.path })
    vi.unstubAllEnvs()
    expect(report).toMatchObject({ added: 1 })
  })
})
