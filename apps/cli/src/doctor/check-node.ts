import type { Check } from './check.ts'

const REQUIRED = [20, 19] as const

/** Whether Node is new enough. */
export const checkNode = (version: string = process.versions.node): Check => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isEnough = major > REQUIRED[0] || (major === REQUIRED[0] && minor >= REQUIRED[1])
  if (isEnough) return { name: 'node', status: 'pass', detail: version }
  const advice = `install Node ${REQUIRED.join('.')} or later`
  return { name: 'node', status: 'fail', detail: `${version} is too old`, advice }
}
