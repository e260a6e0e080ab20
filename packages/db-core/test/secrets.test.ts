import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutBeforeSecret, findSecrets, mergeRanges } from '../src/secrets/find-secrets.ts'
import { guardFields } from '../src/secrets/guard-fields.ts'
import { guardText, REDACTED } from '../src/secrets/secret-guard.ts'

// Put together here, so that this file holds nothing that looks like a secret.
const letters = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'
const secrets = {
  'a GitHub token': `ghp_${letters}`,
  'an npm token': `npm_${letters}`,
  'a GitLab token': `glpat-${letters.slice(0, 20)}`,
  'an AWS key id': `AKIA${letters.slice(0, 16).toUpperCase()}`,
  'an OpenAI key': `sk-proj-${letters}${letters}`,
  'a Stripe key': `sk_live_${letters.slice(0, 24)}`,
  'a Google key': `AIza${letters.slice(0, 35)}`,
  'a Hugging Face token': `hf_${letters.slice(0, 34)}`,
  'a Slack token': `xoxb-123456789012-1234567890123-${letters.slice(0, 24)}`,
  'a web token': `eyJ${letters}.eyJ${letters}.${letters}`,
  'a fine-grained GitHub token': `github_pat_${letters}`,
  'an Anthropic key': `sk-ant-api03-${letters}${letters}`,
  'a SendGrid key': `SG.${letters.slice(0, 22)}.${letters}${letters.slice(0, 7)}`,
  'a private key': [
    '-----BEGIN RSA PRIVATE KEY-----',
    letters.repeat(10),
    '-----END RSA PRIVATE KEY-----',
  ].join('\n'),
}

describe('secrets', () => {
  it.each(Object.entries(secrets))('are cut out of a text: %s', (_, secret) => {
    const guarded = guardText(`😀 Use ${secret} to log in.`, 'redact', 'content')
    expect(guarded.text).toContain(`😀 Use ${REDACTED}`)
    expect(guarded.text).not.toContain(secret)
    expect(guarded.redactions).toBe(1)
  })

  it.each([
    ['postgres://ada:hunter2@db:5432/shop', `postgres://${REDACTED}@db:5432/shop`],
    ['DB_PASSWORD=hunter2secret in .env', `DB_PASSWORD=${REDACTED} in .env`],
    ['{"cmd":"TOKEN=\\"hunter2secret"}', `{"cmd":"TOKEN=\\"${REDACTED}"}`],
    [`Authorization: Bearer ${letters}`, `Authorization: Bearer ${REDACTED}`],
    [`aws_secret_access_key = ${letters}abcd`, `aws_secret_access_key = ${REDACTED}`],
  ])('leave what is around them: %s', (text, redacted) => {
    expect(guardText(text, 'redact', 'content').text).toBe(redacted)
    expect(guardText(redacted, 'redact', 'content')).toEqual({ text: redacted, redactions: 0 })
  })

  it('are cut out one by one, however many there are', () => {
    const all = Object.values(secrets)
    const { text, redactions } = guardText(all.join(' and '), 'redact', 'content')
    expect(redactions).toBe(all.length)
    for (const secret of all) expect(text).not.toContain(secret)
  })

  it.each([
    'The user prefers dark mode and types in all caps.',
    'password handling lives in src/auth/password.ts; token = readToken()',
    'Commit 3f786850e387550fdab836ed7e6dc881de23001b broke the build',
    'postgres://localhost:5432/shop has no password, postgres://${user}:${password}@host neither',
    'id 0190a6f2-7c3e-7b1a-8f00-5b8f9a3c2d1e, sk-learn and hf_hub are libraries',
  ])('are not seen in %j', (text) => {
    expect(guardText(text, 'redact', 'content')).toEqual({ text, redactions: 0 })
  })

  it('are refused by policy, without being repeated', () => {
    const secret = secrets['a GitHub token']
    const refuse = () => guardText(`Use ${secret}`, 'refuse', 'content')
    expect(refuse).toThrow('content holds a key, token or password')
    expect(refuse).not.toThrow(letters.slice(0, 8))
  })

  it('are kept by policy', () => {
    const text = `Use ${secrets['a GitHub token']}`
    expect(guardText(text, 'allow', 'content')).toEqual({ text, redactions: 0 })
  })

  it('cannot hide behind what databases strip', () => {
    const [begin, end] = [letters.slice(0, 9), letters.slice(9)]
    const guarded = guardText(`Use ghp_${begin}\0${end}`, 'redact', 'content')
    expect(guarded).toEqual({ text: `Use ${REDACTED}`, redactions: 1 })
  })

  it('are cut out of fields, however deep, and counted', () => {
    const secret = secrets['a GitHub token']
    const url = new URL(`https://ada:${letters}@example.com/`)
    const fields = {
      content: `Use ${secret}`,
      detail: { args: [{ env: secret, tries: 2 }, null], [secret]: true, url },
      learned: undefined,
      source: null,
    }
    expect(guardFields(fields, 'redact')).toEqual({
      fields: {
        content: `Use ${REDACTED}`,
        detail: {
          args: [{ env: REDACTED, tries: 2 }, null],
          [REDACTED]: true,
          url: `https://${REDACTED}@example.com/`,
        },
        learned: undefined,
        source: null,
      },
      redactions: 4,
    })
    expect(() => guardFields({ detail: fields.detail }, 'refuse')).toThrow('detail holds a key')
    expect(guardFields({ content: fields.content }, 'allow').fields).toEqual({
      content: fields.content,
    })
  })

  it('are never cut apart', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(200), fc.constantFrom(...Object.values(secrets)), (...of) => {
        const [length, before, secret] = of
        const text = `${'word '.repeat(before).slice(0, before)} ${secret} and more`
        const cut = text.slice(0, cutBeforeSecret(text, length))
        expect(cut.length).toBeLessThanOrEqual(length)
        const { text: guarded } = guardText(cut, 'redact', 'content')
        expect(guarded).not.toContain(secret.slice(0, 8))
        const isShorter = cut.length < Math.min(length, text.length)
        expect(isShorter).toBe(isShorter && text.startsWith(secret, cut.length))
      }),
    )
  })

  it('lie in order and apart from each other', () => {
    const range = fc
      .tuple(fc.nat(50), fc.nat(50))
      .map(([start, length]) => [start, start + length] as const)
    fc.assert(
      fc.property(fc.array(range), (ranges) => {
        const merged = mergeRanges(ranges)
        for (const [index, [start]] of merged.entries()) {
          expect(start).toBeGreaterThan(merged[index - 1]?.[1] ?? -1)
        }
        for (const [start, end] of ranges) {
          expect(merged.some((whole) => whole[0] <= start && end <= whole[1])).toBe(true)
        }
      }),
    )
    expect(findSecrets('nothing here')).toEqual([])
  })
})
