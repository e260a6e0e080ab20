import { databaseName } from '../databases/bench-config.ts'
import type { OpenTarget } from '../databases/targets.ts'
import { say } from '../say.ts'
import { loadFigures, type SpeedFigures, startFigures } from './figures.ts'
import { runTask } from './run-task.ts'

/** How many memories of how many dimensions. */
export interface Size {
  readonly n: number
  readonly dim: number
}

/** Measures one database from empty to erased. */
export const measureTarget = async (open: OpenTarget, size: Size): Promise<SpeedFigures> => {
  const { config, dispose } = await open()
  try {
    const load = loadFigures.parse(await runTask({ act: 'load', config, ...size }))
    const start = startFigures.parse(await runTask({ act: 'start', config, ...size }))
    const figures = { database: databaseName(config.type), ...size, ...load, ...start }
    // The next database may take minutes, and whoever watches may have seen enough.
    say(JSON.stringify(figures))
    return figures
  } finally {
    await dispose()
  }
}
