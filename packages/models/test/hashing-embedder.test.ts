import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHashingEmbedder } from '../src/index.ts'
import { cosine, lengthOf } from './vectors.ts'

const embedder = createHashingEmbedder()

const embedOne = async (text: string, by = embedder): Promise<Float32Array> => {
  const [vector] = await by.embed([text])
  return vector ?? new Float32Array()
}

const similarity = async (a: string, b: string) => cosine(await embedOne(a), await embedOne(b))

const anyText = fc.string({ unit: 'binary', maxLength: 80 })
const noise = anyText.map((text) => text.normalize('NFKC').replace(/[\p{L}\p{M}\p{N}]/gu, ''))
const letters = fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz'))
const word = fc.string({ unit: letters, minLength: 6, maxLength: 12 })

describe('the hashing embedder', () => {
  it('is local, lexical and 384 wide by default', () => {
    expect(embedder.isLocal).toBe(true)
    expect(embedder.space).toMatchObject({ kind: 'lexical', dimensions: 384, normalisation: 'l2' })
  })

  it('makes vectors of the length asked for', async () => {
    const wide = createHashingEmbedder({ dimensions: 768 })
    expect(await embedOne('a text', wide)).toHaveLength(768)
    expect(wide.space.id).not.toBe(embedder.space.id)
  })

  it('still makes the vectors that it made when its space got its id', async () => {
    const vector = await embedOne('Café 東京')
    const filled = [...vector.entries()].filter(([, value]) => value !== 0)
    expect(embedder.space.id).toMatchInlineSnapshot(`"hashing:384:315f3f96c3f9c971"`)
    expect(filled.map(([i, value]) => `${i} ${value.toFixed(4)}`)).toMatchInlineSnapshot(`
      [
        "52 0.2236",
        "183 -0.4472",
        "254 -0.4472",
        "267 -0.4472",
        "296 0.2236",
        "310 -0.2236",
        "311 0.4472",
        "350 -0.2236",
      ]
    `)
  })

  it('gives the same vector for the same text, alone or in any batch', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { maxLength: 8 }), async (texts) => {
        const together = await embedder.embed(texts)
        const reversed = await createHashingEmbedder().embed(texts.toReversed())
        expect(reversed.toReversed()).toEqual(together)
        for (const [i, text] of texts.entries()) expect(await embedOne(text)).toEqual(together[i])
      }),
    )
  })

  it('gives a unit vector for text with a letter or digit, whatever else it holds', async () => {
    const anyLetter = fc.constantFrom(...Array.from('aé7ßΩж東かカ한कا'))
    await fc.assert(
      fc.asyncProperty(noise, anyLetter, noise, async (before, letter, after) => {
        expect(lengthOf(await embedOne(before + letter + after))).toBeCloseTo(1, 5)
      }),
    )
  })

  it('gives zeros for text without letters and digits', async () => {
    await fc.assert(
      fc.asyncProperty(noise, async (text) => {
        expect(lengthOf(await embedOne(text))).toBe(0)
      }),
    )
  })

  it('gives a unit vector even where the features of a text cancel each other', async () => {
    const narrow = createHashingEmbedder({ dimensions: 16 })
    const characters = Array.from('人口手日月山川田土木火水金石')
    const pairs = characters.flatMap((a) => characters.map((b) => `${a} ${b}`))
    for (const vector of await narrow.embed(pairs)) expect(lengthOf(vector)).toBeCloseTo(1, 5)
  })

  it('gives zeros for punctuation, symbols and control characters', async () => {
    for (const text of ['?!', '--- ... ---', '👍', '❤\ufe0f', '\0\u0001\u0002']) {
      expect(lengthOf(await embedOne(text))).toBe(0)
    }
  })

  it('does not look at the order of words or their spacing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 6 }), async (words) => {
        const there = await embedOne(words.join(' '))
        expect(await embedOne(words.toReversed().join(' \n, '))).toEqual(there)
      }),
    )
  })

  it('does not look at Unicode forms, case or accents', async () => {
    const same = [
      ['Café', 'CAFE\u0301'],
      ['straße', 'STRASSE'],
      ['ｆｕｌｌ ｗｉｄｔｈ', 'full width'],
      ['ﬁle', 'file'],
      ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
      ['Ёлка', 'елка'],
      ['co\u00adoperate', 'cooperate'],
      ['one\u200bword', 'one word'],
      ['한국어', '한국어'.normalize('NFD')],
    ] as const
    for (const [a, b] of same) expect(await embedOne(a), `${a} and ${b}`).toEqual(await embedOne(b))
  })

  it('keeps apart what other marks tell apart', async () => {
    const different = [
      ['की', 'का'],
      ['が', 'か'],
      ['강', '각'],
    ] as const
    for (const [a, b] of different)
      expect(await similarity(a, b), `${a} and ${b}`).toBeLessThan(0.5)
  })

  it('puts words with one letter changed far nearer than other words, on average', async () => {
    // On average, because any two words may share buckets by chance.
    const samples = fc.sample(fc.tuple(word, word, fc.nat(), letters), 300)
    const gains = samples.map(async ([a, b, at, letter]) => {
      const position = 1 + (at % (a.length - 2))
      const variant = a.slice(0, position) + letter + a.slice(position + 1)
      return (await similarity(a, variant)) - (await similarity(a, b))
    })
    const total = (await Promise.all(gains)).reduce((sum, gain) => sum + gain, 0)
    expect(total / samples.length).toBeGreaterThan(0.25)
  })

  it('puts spelling variants and word forms nearer than unrelated words', async () => {
    const families = [
      ['colour', 'color', 'window'],
      ['organise', 'organize', 'purple'],
      ['receive', 'recieve', 'mountain'],
      ['deployment', 'deployed', 'giraffe'],
      ['Müller', 'Mueller', 'Schmidt'],
      ['東京都庁', '東京都', '大阪'],
      ['데이터베이스', '데이터', '고양이'],
    ] as const
    for (const [a, variant, unrelated] of families) {
      expect(await similarity(a, variant)).toBeGreaterThan((await similarity(a, unrelated)) + 0.1)
    }
  })

  it('knows nothing of meaning', async () => {
    expect(Math.abs(await similarity('car', 'automobile'))).toBeLessThan(0.1)
  })

  it('counts a word that is repeated more, but not in proportion', async () => {
    const alpha = await embedOne('alpha')
    const towards = async (text: string) => cosine(await embedOne(text), alpha)
    const [once, twice, often] = [
      await towards('alpha beta'),
      await towards('alpha alpha beta'),
      await towards('alpha '.repeat(10) + 'beta'),
    ]
    expect(twice).toBeGreaterThan(once)
    expect(often).toBeGreaterThan(twice)
    // In proportion it would be 10 to 1, an angle whose cosine is 0.995.
    expect(often).toBeLessThan(0.98)
  })

  it('takes texts far longer than its scratch space, and short ones after them', async () => {
    const short = await embedOne('short text')
    const long = await embedOne('very long text '.repeat(20_000))
    expect(await embedOne('very long text '.repeat(20_000))).toEqual(long)
    expect(await embedOne('short text')).toEqual(short)
    expect(lengthOf(await embedOne('漢字'.repeat(50_000)))).toBeCloseTo(1, 5)
  })

  it('stops in the middle of a large batch when it is told to', async () => {
    const controller = new AbortController()
    const texts = Array.from({ length: 5000 }, (_, i) => `text ${i}`)
    const embedding = embedder.embed(texts, { signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(embedding).rejects.toThrow('enough')
  })
})
