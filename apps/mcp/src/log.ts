/** How much is logged: this and everything more important. */
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const

export type LogLevel = (typeof logLevels)[number]

/** What happened, in numbers, names and codes. Never content, tokens or arguments. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

/** One JSON object a line: `time`, `level`, `event` and the fields. */
export interface Log {
  readonly debug: (event: string, fields?: LogFields) => void
  readonly info: (event: string, fields?: LogFields) => void
  readonly warn: (event: string, fields?: LogFields) => void
  readonly error: (event: string, fields?: LogFields) => void
}

/** A log that writes lines to standard error, unless told where. */
export const createLog = (
  threshold: LogLevel,
  write: (line: string) => void = (line) => process.stderr.write(line),
): Log => {
  const log = (level: LogLevel) => (event: string, fields?: LogFields) => {
    if (logLevels.indexOf(level) < logLevels.indexOf(threshold)) return
    write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`)
  }
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }
}
