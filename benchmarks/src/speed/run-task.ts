import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Task } from './task.ts'

/**
 * Runs a task in a fresh process, so that no figure owes anything to what ran before it, and answers what
 * that process printed. The task goes over standard input: an address may hold a password.
 */
export const runTask = async (task: Task): Promise<unknown> => {
  const [, program = ''] = process.argv
  const child = spawn(process.execPath, [program, 'task'], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(task))
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  if (code !== 0) throw new Error(`${task.act} ended with code ${String(code)}`)
  return JSON.parse(output)
}
