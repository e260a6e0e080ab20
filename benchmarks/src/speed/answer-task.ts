import { text } from 'node:stream/consumers'
import { type Task, task } from './task.ts'

/** Reads a task from standard input and prints its figures as JSON. */
export const answerTask = async (): Promise<void> => {
  const read = task.parse(JSON.parse(await text(process.stdin)))
  process.stdout.write(JSON.stringify(await measure(read)))
}

/** Each kind loads its own program and no other's. */
const measure = async (read: Task): Promise<object> => {
  if ('peer' in read) {
    return read.act === 'load-peer'
      ? (await import('../peers/measure-peer-load.ts')).measurePeerLoad(read)
      : (await import('../peers/measure-peer-start.ts')).measurePeerStart(read)
  }
  return read.act === 'load'
    ? (await import('./measure-load.ts')).measureLoad(read)
    : (await import('./measure-start.ts')).measureStart(read)
}
