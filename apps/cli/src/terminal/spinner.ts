import { setTimeout } from 'node:timers/promises'

/** A stream such as `process.stderr`. */
type Stream = NodeJS.WritableStream & {
  readonly isTTY?: boolean
  /** 0 where a terminal does not say. */
  readonly columns?: number
  hasColors(): boolean
}

/** Where a spinner turns, and when. */
export interface SpinnerOptions {
  /** Where the result goes; nobody watches unless it is a terminal. */
  readonly stdout?: Pick<Stream, 'isTTY'>
  /** Where the spinner goes, which must be a terminal, too. */
  readonly stderr?: Stream
  /** Work shorter than this shows no spinner; 1000 unless given. */
  readonly patienceMs?: number
}

/** Works with a spinner on standard error, where somebody watches and it takes a while. */
export const withSpinner = async <T>(
  name: string,
  work: () => Promise<T>,
  { stdout = process.stdout, stderr = process.stderr, patienceMs = 1000 }: SpinnerOptions = {},
): Promise<T> => {
  // In a terminal without columns the library would count lines for ever.
  if (!stdout.isTTY || !stderr.isTTY || !stderr.columns) return work()
  const finished = new AbortController()
  const spinning = spin(name, { stderr, patienceMs, signal: finished.signal })
  try {
    return await work()
  } finally {
    finished.abort()
    await spinning
  }
}

interface Spin extends Required<Pick<SpinnerOptions, 'stderr' | 'patienceMs'>> {
  readonly signal: AbortSignal
}

const spin = async (text: string, { stderr, patienceMs, signal }: Spin): Promise<void> => {
  await setTimeout(patienceMs, undefined, { signal }).catch(() => undefined)
  if (signal.aborted) return
  const { default: ora } = await import('ora')
  if (signal.aborted) return
  const color = stderr.hasColors() ? 'cyan' : false
  // Standard input is left alone: an operation may read it, and Ctrl-C is ours.
  const spinner = ora({ text, color, stream: stderr, discardStdin: false }).start()
  signal.addEventListener('abort', () => spinner.stop(), { once: true })
}
