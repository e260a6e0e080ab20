import type { Parts } from '../parts.ts'
import type { Service } from '../service.ts'
import { codeOf, isSettingError, toMessage } from '../to-message.ts'
import { createAccess } from './access.ts'
import type { Address } from './address.ts'
import { serveHttp } from './serve-http.ts'
import { parseTokens, readTokens } from './tokens.ts'

/**
 * Reads who may reach the server, serves over HTTP and opens the memory. Where the database cannot be
 * reached the server goes on, and is not ready; where the settings are wrong it ends with an error.
 *
 * @param tokenFile where the tokens are; in the environment when absent
 * @throws SettingError
 */
export const startHttp = async (
  address: Address,
  tokenFile: string | undefined,
  parts: Parts,
): Promise<Service> => {
  const tokens = tokenFile
    ? await readTokens(tokenFile)
    : parseTokens(process.env['ATHENA_MCP_TOKENS'] ?? '')
  const access = createAccess(address, tokens, process.env)
  const service = await serveHttp(address, { ...parts, access })
  const opened = parts.memories.of().catch((error: unknown) => {
    if (isSettingError(error)) throw error
    parts.log.error('memory', { code: codeOf(error), message: toMessage(error) })
  })
  return { ...service, ended: Promise.race([service.ended, opened.then(() => service.ended)]) }
}
