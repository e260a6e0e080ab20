import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of its own, and how to remove it with all that lies in it. */
export const temporaryFolder = async (): Promise<{
  readonly path: string
  dispose(): Promise<void>
}> => {
  const path = await mkdtemp(join(tmpdir(), 'athena-benchmark-'))
  return { path, dispose: () => rm(path, { recursive: true, force: true }) }
}
