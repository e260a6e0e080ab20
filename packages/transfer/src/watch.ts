import { setImmediate as nextTurn } from 'node:timers/promises'
import type { TableRows } from './rows/table-rows.ts'

/** How far a transfer is. */
export interface TransferProgress {
  /** The table whose rows are moving now. */
  readonly table: string
  /** How many of them have moved. */
  readonly done: number
  /** How many there are. */
  readonly total: number
}

/** What every transfer can be given. */
export interface TransferOptions {
  /** Is told after every few hundred rows. */
  readonly onProgress?: (progress: TransferProgress) => void
  /** Stops the transfer, which then rejects with the signal's reason and leaves nothing behind. */
  readonly signal?: AbortSignal
}

/** Passes rows on, tells how many of `totals` have gone through, and stops when told to. */
export async function* watch(
  chunks: AsyncIterable<TableRows>,
  totals: Readonly<Record<string, number>>,
  { onProgress, signal }: TransferOptions,
): AsyncGenerator<TableRows> {
  const done = new Map<string, number>()
  for await (const chunk of chunks) {
    signal?.throwIfAborted()
    yield chunk
    const { table, rows } = chunk
    const moved = (done.get(table) ?? 0) + rows.length
    done.set(table, moved)
    onProgress?.({ table, done: moved, total: totals[table] ?? moved })
    // libSQL answers without ever leaving the event loop: timers and signals need a turn.
    await nextTurn()
  }
}
