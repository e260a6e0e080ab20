/** A setting that cannot be right; the message names it and says what would be. */
export class ConfigError extends Error {
  readonly variable: string

  constructor(variable: string, expected: string) {
    super(`${variable} ${expected}`)
    this.name = 'ConfigError'
    this.variable = variable
  }
}
