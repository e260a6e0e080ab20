import { Presets, SingleBar } from 'cli-progress'

/** Runs long work under a progress bar, or under a plain line where nobody watches. */
export const withProgress = async (
  title: string,
  total: number,
  work: (advance: (by: number) => void) => Promise<void>,
): Promise<void> => {
  console.log(title)
  const bar = new SingleBar({ format: '  {bar} {value}/{total}' }, Presets.shades_classic)
  if (process.stdout.isTTY) bar.start(total, 0)
  try {
    await work((by) => bar.increment(by))
  } finally {
    bar.stop()
  }
}
