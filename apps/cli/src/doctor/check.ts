/** One thing that was looked at. */
export interface Check {
  readonly name: string
  readonly status: 'pass' | 'warn' | 'fail'
  /** What was found. */
  readonly detail: string
  /** What to do about it; absent where nothing is to be done. */
  readonly advice?: string
}

/** The worst status of some checks. */
export const worstOf = (checks: readonly Check[]): Check['status'] => {
  const found = new Set(checks.map(({ status }) => status))
  if (found.has('fail')) return 'fail'
  return found.has('warn') ? 'warn' : 'pass'
}
