import { describe, expect, it } from 'vitest'
import { createAccess } from '../src/http/access.ts'
import { isLoopback, parseAddress } from '../src/http/address.ts'
import { parseTokens } from '../src/http/tokens.ts'

describe('an address', () => {
  it.each([
    ['8787', { host: '127.0.0.1', port: 8787 }],
    ['localhost:0', { host: 'localhost', port: 0 }],
    ['0.0.0.0:65535', { host: '0.0.0.0', port: 65_535 }],
    ['[::1]:8787', { host: '::1', port: 8787 }],
  ])('is read from %s', (text, address) => {
    expect(parseAddress(text)).toEqual(address)
  })

  it.each(['', 'localhost', '::1', '127.0.0.1:65536', ':80', '[nonsense]:80', '1 2', '80/mcp'])(
    'is not read from %j',
    (text) => {
      expect(() => parseAddress(text)).toThrow('--http: expected [HOST:]PORT')
    },
  )

  it('is loopback only where no other machine can reach it', () => {
    expect(['localhost', '127.0.0.1', '127.8.9.10', '::1'].map(isLoopback)).not.toContain(false)
    const others = ['0.0.0.0', '::', '192.168.1.5', '127.example.com', 'localhost.example.com']
    expect(others.map(isLoopback)).not.toContain(true)
  })
})

describe('access', () => {
  const tokens = parseTokens('long-enough-a-token')

  it('is open to the names of this machine, its address and the hosts that are allowed', () => {
    const env = { ATHENA_MCP_ALLOWED_HOSTS: 'memory.example.com' }
    expect(createAccess({ host: '192.0.2.1', port: 0 }, tokens, env).hostnames).toEqual(
      expect.arrayContaining(['localhost', '192.0.2.1', 'memory.example.com']),
    )
  })

  it('is open to any name behind a wildcard, unless hosts are allowed by name', () => {
    const wildcard = { host: '0.0.0.0', port: 0 }
    expect(createAccess(wildcard, tokens, {})).not.toHaveProperty('hostnames')
    const env = { ATHENA_MCP_ALLOWED_HOSTS: 'memory.example.com' }
    expect(createAccess(wildcard, tokens, env).hostnames).toContain('memory.example.com')
  })

  it('takes origins, and nothing else, as origins', () => {
    const local = { host: '127.0.0.1', port: 0 }
    const env = { ATHENA_MCP_ALLOWED_ORIGINS: 'https://a.example/, http://localhost:6274' }
    expect(createAccess(local, [], env).origins).toEqual([
      'https://a.example',
      'http://localhost:6274',
    ])
    for (const wrong of ['*', 'a.example', 'https://a.example/path', 'null']) {
      const create = () => createAccess(local, [], { ATHENA_MCP_ALLOWED_ORIGINS: wrong })
      expect(create).toThrow('ATHENA_MCP_ALLOWED_ORIGINS: expected origins')
    }
  })
})
