import { createClient } from '@libsql/client'

/** A database file that nobody else can write to. */
export interface Lock {
  readonly release: () => Promise<void>
}

/** Takes the write lock of a database file, which is made where there is none. */
export const lockFile = async (path: string): Promise<Lock> => {
  const file = createClient({ url: `file:${path}` })
  const lock = await file.transaction('write')
  return {
    release: async () => {
      await lock.rollback()
      file.close()
    },
  }
}
