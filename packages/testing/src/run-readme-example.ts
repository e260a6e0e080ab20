import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * Runs the first `ts` block of a package's README as a program of its own, in which the package is
 * found by its name, and answers what it printed.
 *
 * @param packageFolder the folder of the package's `package.json`
 * @param env settings of the program beside those of this process
 * @throws Error with the program's output where it ends with another code than 0
 */
export const runReadmeExample = async (
  packageFolder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const readme = await readFile(join(packageFolder, 'README.md'), 'utf8')
  const [, example] = /```ts\n(.*?)```/s.exec(readme) ?? []
  if (example === undefined) throw new Error('README.md must hold a ```ts block')
  const folder = await mkdtemp(join(packageFolder, 'test', '.readme-'))
  try {
    const file = join(folder, 'example.ts')
    await writeFile(file, example)
    const options = { cwd: folder, env: { ...process.env, ...env } }
    const run = promisify(execFile)(process.execPath, ['--import', 'tsx', file], options)
    return (await run).stdout
  } finally {
    await rm(folder, { recursive: true })
  }
}
