import { execFile } from 'node:child_process'

/**
 * Runs a program without a terminal or standard input.
 *
 * @param {string[]} command the program and its arguments
 * @param {import('node:child_process').ExecFileOptionsWithStringEncoding} [options]
 * @returns {Promise<string>} what it wrote to standard output; rejects with all its output when it fails
 */
export function runCommand([program, ...args], options) {
  return new Promise((resolve, reject) => {
    const settings = { timeout: 300_000, maxBuffer: 64 * 1024 * 1024, ...options }
    const child = execFile(program, args, settings, (error, stdout, stderr) => {
      if (!error) return resolve(stdout)
      const end = error.killed ? 'took too long' : `ended with ${error.code ?? error.signal}`
      return reject(new Error(`${[program, ...args].join(' ')} ${end}\n${stdout}${stderr}`))
    })
    child.stdin.end()
  })
}
