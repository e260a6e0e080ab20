import {
  type AuthInfo,
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  OAuthError,
  OAuthErrorCode,
  requireBearerAuth,
} from '@modelcontextprotocol/server'
import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { SettingError } from '../setting-error.ts'
import { type Address, isLoopback, isWildcard, toHostname } from './address.ts'
import { findToken, type Token } from './tokens.ts'

/** Who may reach the server, and from where. */
export interface Access {
  /** Names that clients may call this server by; absent where any will do. */
  readonly hostnames?: readonly string[]
  /** Origins of the web pages that may call it. */
  readonly origins: readonly string[]
  /** Empty where no token is asked for. */
  readonly tokens: readonly Token[]
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Who may reach a server at `address`, with these tokens and the environment's allowed hosts and origins.
 * @throws SettingError
 */
export const createAccess = (
  { host }: Address,
  tokens: readonly Token[],
  env: Environment,
): Access => {
  if (tokens.length === 0 && !isLoopback(host)) {
    const expected = `expected at least one token, as ${host} can be reached from other machines`
    throw new SettingError('ATHENA_MCP_TOKENS', expected)
  }
  const hostnames = listOf(env['ATHENA_MCP_ALLOWED_HOSTS'])
  const origins = listOf(env['ATHENA_MCP_ALLOWED_ORIGINS']).map(toOrigin)
  // Behind a wildcard the server cannot know its names; there the token keeps strangers out.
  if (isWildcard(host) && hostnames.length === 0) return { origins, tokens }
  return {
    hostnames: [...localhostAllowedHostnames(), toHostname(host), ...hostnames],
    origins,
    tokens,
  }
}

/** Refuses what a web page could send: calls by a foreign name (DNS rebinding) or from a foreign origin. */
export const checkSource = ({ hostnames, origins }: Access): MiddlewareHandler =>
  createMiddleware(async ({ req }, next) => {
    const refused = hostnames && hostHeaderValidationResponse(req.raw, [...hostnames])
    if (refused) return refused
    const origin = req.header('origin')
    if (origin === undefined || origins.includes(origin)) return next()
    return Response.json({ error: 'forbidden_origin' }, { status: 403 })
  })

/** What the handlers know of a request. */
export interface Authorised {
  readonly Variables: { authInfo?: AuthInfo }
}

/** Asks for a bearer token where there are any, and passes on whose it is. */
export const checkToken = ({ tokens }: Access): MiddlewareHandler<Authorised> => {
  const authenticate = requireBearerAuth({ verifier: createVerifier(tokens) })
  return createMiddleware<Authorised>(async (context, next) => {
    if (tokens.length === 0) return next()
    const answer = await authenticate(context.req.raw)
    if (answer instanceof Response) return answer
    context.set('authInfo', answer)
    return next()
  })
}

/** The tenant whose memory a request may use; absent for the configured one. */
export const tenantOf = (authInfo: AuthInfo | undefined): string | undefined =>
  authInfo?.clientId || undefined

// The SDK refuses tokens that never expire; ours live as long as the process.
const A_DAY_S = 86_400

const createVerifier = (tokens: readonly Token[]) => ({
  verifyAccessToken: async (given: string): Promise<AuthInfo> => {
    const found = findToken(tokens, given)
    if (!found) throw new OAuthError(OAuthErrorCode.InvalidToken, 'unknown token')
    const expiresAt = Math.floor(Date.now() / 1000) + A_DAY_S
    return { token: given, clientId: found.tenantId ?? '', scopes: [], expiresAt }
  },
})

const listOf = (text = ''): string[] => text.split(/[\s,]+/).filter((item) => item !== '')

const toOrigin = (text: string): string => {
  if (URL.canParse(text) && new URL(text).origin === text.replace(/\/$/, '')) {
    return new URL(text).origin
  }
  throw new SettingError(
    'ATHENA_MCP_ALLOWED_ORIGINS',
    'expected origins such as https://app.example.com',
  )
}
