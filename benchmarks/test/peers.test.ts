import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillPeer } from '../src/peers/fill-peer.ts'
import { fuseRanks } from '../src/peers/fuse-ranks.ts'
import { missingPeers } from '../src/peers/missing-peers.ts'
import { openPeer } from '../src/peers/open-peer.ts'
import { type Peer, PEER_NAMES } from '../src/peers/peer.ts'
import { exactNearest } from '../src/world/exact-nearest.ts'
import { createWorld } from '../src/world/world.ts'

const [N, DIM] = [1500, 32]
const world = createWorld(DIM)
const memories = Array.from({ length: N }, (_, number) => ({ number, ...world.memory(number) }))
const large = memories.filter(({ isInLargeProject }) => isInLargeProject)
const questions = world.questions(10, N)
const missing = await missingPeers(PEER_NAMES)

describe.each(PEER_NAMES)('%s', (name) => {
  const isMissing = missing.some((line) => line.startsWith(`${name} `))
  let folder = ''
  let peer: Peer
  beforeAll(async () => {
    if (isMissing) return
    folder = await mkdtemp(join(tmpdir(), 'athena-peer-'))
    peer = await openPeer(name, { folder, dim: DIM })
    await fillPeer(peer, N, (number) => ({ number, ...world.memory(number) }))
  })
  afterAll(async () => {
    if (isMissing) return
    await peer.close()
    await rm(folder, { recursive: true })
  })

  it.skipIf(isMissing)('finds nearly all that is nearest in the large project', async () => {
    const keyed = large.map(({ number, vector }) => ({ key: number, vector }))
    let found = 0
    for (const question of questions) {
      const nearest = exactNearest(question.vector, keyed, 10)
      const answered = await peer.search('vector', question)
      found += answered.filter((number) => nearest.includes(number)).length
    }
    expect(found / (10 * questions.length)).toBeGreaterThan(0.9)
  })

  it.skipIf(isMissing)(
    'finds texts of the large project that hold words of the question',
    async () => {
      for (const question of questions) {
        const words = question.text.match(/\w+/g)?.slice(3) ?? []
        const answered = await peer.search('text', question)
        expect(answered.length).toBeGreaterThan(0)
        const texts = answered.map(
          (number) => large.find((memory) => memory.number === number)?.content,
        )
        expect(words.some((word) => texts[0]?.toLowerCase().includes(word.slice(0, 4)))).toBe(true)
        expect(texts).not.toContain(undefined)
      }
    },
  )

  it.skipIf(isMissing)('finds ten by both, also after a memory more', async () => {
    const [question] = questions
    if (!question) throw new Error('there are questions')
    expect(new Set(await peer.search('hybrid', question)).size).toBe(10)
    const wanted = { ...world.memory(N), vector: question.vector, isInLargeProject: true }
    await peer.insert([{ ...wanted, number: N }])
    expect(await peer.search('vector', question)).toContain(N)
  })

  it.skipIf(isMissing)('keeps what was inserted, if it says so', async () => {
    const [question] = questions
    if (!question || !peer.isPersistent) return
    const before = await peer.search('hybrid', question)
    await peer.close()
    peer = await openPeer(name, { folder, dim: DIM })
    expect(await peer.search('hybrid', question)).toEqual(before)
  })
})

it('ranks are fused by the sum of reciprocal places', () => {
  expect(fuseRanks([['a', 'b', 'c'], ['c', 'b'], ['c']])).toEqual(['c', 'b', 'a'])
  expect(fuseRanks([[], []])).toEqual([])
})
