import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeEachBackend, tablesWith } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { createEpisodicStore } from '../src/episodic-store.ts'
import { createRepository } from './git-repository.ts'
import { minute, openEpisodic } from './open-episodic.ts'

// Put together here, so that this file holds nothing that looks like a secret.
const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`
const words = /a1B2c3D4/i
const cut = '[redacted secret]'

const withFile = async (lines: readonly object[], work: (path: string) => Promise<void>) => {
  const folder = await mkdtemp(join(tmpdir(), 'episodic-secrets-'))
  const path = join(folder, 'events.jsonl')
  await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  await work(path).finally(() => rm(folder, { recursive: true }))
}

const call = { type: 'tool_use', id: 't1', name: 'Bash' }
const transcriptOf = (command: string, answer: string) => [
  { role: 'assistant', content: [{ ...call, input: { command } }] },
  {
    role: 'user',
    content: [{ type: 'tool_result', tool_use_id: 't1', is_error: true, content: answer }],
  },
]

describeEachBackend('secrets in events', (database) => {
  const text = `Deployed with TOKEN=${token}`

  it('are cut out of all texts before the event is recognised, and counted', async () => {
    const { store, projectId } = await openEpisodic(database())
    const event = {
      projectId,
      content: text,
      learned: `Never use ${token}`,
      occurredAt: minute(1),
      task: token,
      branch: token,
      cwd: `/keys/${token}`,
      source: `https://x?t=${token}`,
      code: { diff: `+ ${token}`, errorType: `${'x'.repeat(480)} PASSWORD=hunter2x` },
    }
    const { episode, redactions } = await store.record(event)
    expect(redactions).toBe(8)
    expect(episode).toMatchObject({
      content: `Deployed with TOKEN=${cut}`,
      learned: `Never use ${cut}`,
      code: { diff: `+ ${cut}` },
    })
    expect(await store.get(episode.id)).toEqual(episode)
    const other = text.replace(token, `${token.slice(0, -1)}Z`)
    const again = await store.recordMany([event, { ...event, content: other }])
    expect(again).toMatchObject({ duplicates: 2, results: [{ redactions: 8 }, { redactions: 8 }] })
    expect(await tablesWith(database(), words)).toEqual([])
    expect(await tablesWith(database(), /hunter2/)).toEqual([])
  })

  it('are cut out of commits, which are recorded once all the same', async () => {
    const { store, projectId } = await openEpisodic(database())
    const repository = await createRepository()
    await repository.commit(`Use ${token}`)
    await repository.commit(`${'x'.repeat(99_980)} ${token}`)
    const { path } = repository
    expect(await store.ingestGit({ projectId, path })).toMatchObject({ added: 2, redactions: 1 })
    await repository.git('commit', '--amend', '--allow-empty', '-m', 'Without')
    expect(await store.ingestGit({ projectId, path })).toMatchObject({ added: 1, redactions: 0 })
    expect(await tablesWith(database(), words)).toEqual([])
    await repository.remove()
  })

  it('are cut out of lines and of calls of tools, half ones too', async () => {
    const { store, projectId } = await openEpisodic(database())
    const line = { content: text, occurredAt: '2026-01-01T00:00:00Z' }
    await withFile([line, line], async (path) => {
      const report = await store.ingestJsonl({ projectId, path })
      expect(report).toMatchObject({ added: 1, duplicates: 1, redactions: 1 })
    })
    const answer = `${'.'.repeat(1980)} ${token}`
    await withFile(transcriptOf(`deploy ${token}`, answer), async (path) => {
      const report = await store.ingestTranscript({ projectId, path })
      expect(report).toMatchObject({ added: 1, redactions: 1 })
    })
    await withFile(transcriptOf(`${'.'.repeat(980)} ${token}`, token), async (path) => {
      const report = await store.ingestTranscript({ projectId, path })
      expect(report).toMatchObject({ added: 1, redactions: 1 })
    })
    expect(await tablesWith(database(), words)).toEqual([])
  })

  it('are refused or kept by policy', async () => {
    const { store, documents, projectId } = await openEpisodic(database(), {
      secretPolicy: 'refuse',
    })
    const refused = [
      () => store.record({ projectId, content: text }),
      () => store.recordMany([{ projectId, content: 'x', learned: text }]),
      () => store.record({ projectId, content: 'x', code: { stackTrace: text } }),
    ]
    for (const attempt of refused) await expect(attempt).rejects.toThrow('holds a key, token or')
    const line = { content: text, occurredAt: '2026-01-01T00:00:00Z' }
    await withFile([line, { ...line, content: 'Tea' }], async (path) => {
      const report = await store.ingestJsonl({ projectId, path })
      expect(report).toMatchObject({ added: 1, malformed: 1, malformedLines: [{ line: 1 }] })
    })
    expect(await tablesWith(database(), words)).toEqual([])
    const open = createEpisodicStore(database(), { documents, secretPolicy: 'allow' })
    expect((await open.record({ projectId, content: text })).episode.content).toBe(text)
  })
})
