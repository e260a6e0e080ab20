const UNEXPECTED = 'unexpected error: the log of the server says more'

/**
 * What to tell a caller about anything that was thrown. Messages made for callers are passed on, which
 * a kebab-case `code` or the name of a setting shows: any other may hold stored content.
 */
export const toMessage = (thrown: unknown): string =>
  isForCallers(thrown) ? thrown.message : UNEXPECTED

/** The stable name of what went wrong, for logs: of its cause where an operation failed. */
export const codeOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return 'unknown'
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : thrown.name
  return code === 'failed' ? codeOf(thrown.cause) : code
}

/** Whether the settings are wrong, so that trying again is of no use. */
export const isSettingError = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && ('variable' in thrown || codeOf(thrown) === 'invalid-config')

const isForCallers = (thrown: unknown): thrown is Error =>
  isSettingError(thrown) ||
  (thrown instanceof Error &&
    'code' in thrown &&
    typeof thrown.code === 'string' &&
    /^[a-z]+(-[a-z]+)*$/.test(thrown.code))
