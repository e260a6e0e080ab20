import Libsql from 'libsql'

/** A database file that nobody else can write to. */
export interface Lock {
  readonly release: () => Promise<void>
}

/** Takes the write lock of a database file, which is made where there is none. */
export const lockFile = async (path: string): Promise<Lock> => {
  const file = new Libsql(path)
  file.exec('begin immediate')
  return {
    release: async () => {
      file.exec('rollback')
      file.close()
    },
  }
}
