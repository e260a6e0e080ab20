import { ModelError, type ModelErrorCode } from '../model-error.ts'
import { parseRetryAfter } from './retry-after.ts'
import { withDeadline } from './with-deadline.ts'

/** One request to a model server. */
export interface JsonRequest {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
}

// A query string may hold a key.
const placeOf = (url: URL) => url.origin + url.pathname

const codeOfStatus = (status: number): ModelErrorCode => {
  if (status === 401 || status === 403) return 'unauthorized'
  if (status === 404) return 'invalid-config'
  if (status === 429) return 'rate-limited'
  return status === 408 || status >= 500 ? 'unavailable' : 'invalid-response'
}

const hints: Readonly<Partial<Record<ModelErrorCode, string>>> = {
  unauthorized: ': check the API key',
  'invalid-config': ': check the URL, and that the server has the model',
}

// The body of the answer is left out: servers quote texts and keys in it.
const refusal = (url: URL, { status, headers }: Response): ModelError => {
  const code = codeOfStatus(status)
  const retryAfterMs = parseRetryAfter(headers.get('retry-after'))
  const message = `${placeOf(url)} answered ${status}${hints[code] ?? ''}`
  return new ModelError(message, { code, retryAfterMs })
}

const readAnswer = async (url: URL, response: Response): Promise<unknown> => {
  if (!response.ok) {
    await response.body?.cancel()
    throw refusal(url, response)
  }
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    // Without its cause: a SyntaxError quotes what it could not read.
    throw new ModelError(`${placeOf(url)} answered with something that is not JSON`, {
      code: 'invalid-response',
    })
  }
}

const send = async ({ url, headers, body }: JsonRequest, signal: AbortSignal): Promise<unknown> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      // Texts go to the configured server and are not forwarded to another.
      redirect: 'manual',
      signal,
    })
    return await readAnswer(url, response)
  } catch (error) {
    if (error instanceof ModelError) throw error
    throw new ModelError(`No connection to ${placeOf(url)}`, { code: 'unavailable', cause: error })
  }
}

/**
 * Posts JSON and returns the JSON of the answer. Every failure is a `ModelError`, but for an abort of
 * `request.signal`, which rejects with the signal's reason.
 */
export const postJson = (request: JsonRequest): Promise<unknown> => {
  const { url, timeoutMs, signal } = request
  const timeoutError = () =>
    new ModelError(`${placeOf(url)} did not answer within ${timeoutMs} ms`, { code: 'timeout' })
  return withDeadline({ signal, timeoutMs, timeoutError }, (ended) => send(request, ended))
}
