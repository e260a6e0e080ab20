import { StorageError } from '../storage-error.ts'
import { type Handle, openHandle } from './handle.ts'
import { type Patience, unlessBusy } from './patience.ts'

/*
 * synchronous=full: a commit waits for the disk, so an acknowledged write outlives a power cut too.
 * (`normal` is safe only against the end of the process. Measured on an SSD: 0.4 against 0.06 ms.)
 * secure_delete=on: what is forgotten is overwritten, not left in free pages.
 * mmap_size=0: a mapped file that somebody truncates ends the process with SIGBUS, not an error.
 * busy_timeout=0: a writer asks for the lock and sleeps in JavaScript.
 */
const settings = `
  pragma foreign_keys = on;
  pragma cache_size = -16384;
  pragma temp_store = memory;
  pragma mmap_size = 0;`
const writerSettings = `${settings}
  pragma synchronous = full;
  pragma secure_delete = on;
  pragma wal_autocheckpoint = 1000;
  pragma journal_size_limit = 67108864;
  pragma busy_timeout = 0;`
const readerSettings = `${settings}
  pragma query_only = on;`

/** The connections of one engine. */
export interface Connections {
  readonly writer: Handle
  readonly readers: readonly Handle[]
}

const requireWal = async (writer: Handle, patience: Patience): Promise<void> => {
  const attempt = () =>
    unlessBusy(async () => {
      const native = writer.connect()
      native.run('pragma journal_mode = wal')
      return native.query('pragma journal_mode', [])[0]?.[0]
    })
  if ((await patience(attempt, performance.now())) === 'wal') return
  throw new StorageError('unavailable', {
    detail: 'the database cannot use a write-ahead log where it lies; put it on a local disk',
  })
}

/**
 * Opens the writer and `readerCount` readers of the file at `path` and makes sure that it is in WAL
 * mode, without which readers and writers would exclude each other. Leaves none open on failure.
 */
export const openConnections = async (
  path: string,
  readerCount: number,
  patience: Patience,
): Promise<Connections> => {
  const opened: Handle[] = []
  const open = (sql: string): Handle => {
    const handle = openHandle(path, sql)
    opened.push(handle)
    return handle
  }
  try {
    const writer = open(writerSettings)
    await requireWal(writer, patience)
    return { writer, readers: Array.from({ length: readerCount }, () => open(readerSettings)) }
  } catch (error) {
    for (const handle of opened) handle.close()
    throw error
  }
}

/**
 * Closes all connections. The write-ahead log goes into the file first, so that the file alone is
 * the database; where that fails (others may be using it) the log stays, and the next to open the
 * database reads it.
 */
export const closeConnections = ({ writer, readers }: Connections): void => {
  for (const reader of readers) reader.close()
  try {
    writer.connect().run('pragma wal_checkpoint(truncate)')
  } catch {
    // Others read from the log, or the file was moved: either way it is not ours to end.
  }
  writer.close()
}
