/** A setting of the server that cannot be right; the message names it and says what would be. */
export class SettingError extends Error {
  override readonly name = 'SettingError'
  readonly variable: string

  constructor(variable: string, expected: string) {
    super(`${variable}: ${expected}`)
    this.variable = variable
  }
}
