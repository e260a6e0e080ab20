import { text } from 'node:stream/consumers'
import { measureLoad } from './measure-load.ts'
import { measureStart } from './measure-start.ts'
import { task } from './task.ts'

/** Reads a task from standard input and prints its figures as JSON. */
export const answerTask = async (): Promise<void> => {
  const read = task.parse(JSON.parse(await text(process.stdin)))
  const figures = read.act === 'load' ? await measureLoad(read) : await measureStart(read)
  process.stdout.write(JSON.stringify(figures))
}
