/** How far some work is. */
export interface Progress {
  readonly done: number
  readonly total: number
  /** What is counted, such as `documents`. */
  readonly unit: string
}

/** Work shorter than this shows no bar. */
const PATIENCE_MS = 400

/** Runs work with a progress bar on standard error, where somebody watches and it takes a while. */
export const withProgress = async <T>(
  work: (onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<T> => {
  if (!process.stdout.isTTY || !process.stderr.isTTY) return work(() => undefined)
  const { Presets, SingleBar } = await import('cli-progress')
  const startedAt = performance.now()
  const format = '{bar} {percentage} % | {value} of {total} {unit}'
  const bar = new SingleBar(
    { format, barsize: 24, clearOnComplete: true, hideCursor: true },
    Presets.rect,
  )
  const show = ({ done, total, unit }: Progress): void => {
    if (bar.isActive) {
      bar.setTotal(total)
      bar.update(done, { unit })
    } else if (performance.now() - startedAt > PATIENCE_MS) bar.start(total, done, { unit })
  }
  try {
    return await work(show)
  } finally {
    bar.stop()
  }
}
