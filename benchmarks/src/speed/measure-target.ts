import { databaseName } from '../databases/bench-config.ts'
import type { OpenTarget } from '../databases/targets.ts'
import {
  loadFigures,
  oneshotFigures,
  type Size,
  type SpeedFigures,
  startFigures,
} from './figures.ts'
import { measureOneshot } from './measure-oneshot.ts'
import { runTask } from './run-task.ts'

/** Measures one database from empty to erased. */
export const measureTarget = async (open: OpenTarget, size: Size): Promise<SpeedFigures> => {
  const { config, dispose } = await open()
  try {
    const load = loadFigures.parse(await runTask({ act: 'load', config, ...size }))
    const start = startFigures.parse(await runTask({ act: 'start', config, ...size }))
    const oneshot = config.type === 'sqlite' ? await measureOneshot(config, size) : {}
    return {
      database: databaseName(config.type),
      ...size,
      ...load,
      ...start,
      ...oneshotFigures.parse(oneshot),
    }
  } finally {
    await dispose()
  }
}
