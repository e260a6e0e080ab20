import type { IndexColumn } from 'drizzle-orm/pg-core'

/** The columns of a unique index of `table`, as `onConflict...` wants them: the tenant comes first. */
export const conflictTarget = (
  table: { tenantId: IndexColumn },
  columns: readonly IndexColumn[],
): IndexColumn[] => [table.tenantId, ...columns]
