import type { OperationDescription } from '@athena-memory/operations'

/** Everything that can be done, without opening a database. */
export const loadOperations = async (): Promise<readonly OperationDescription[]> => {
  const { describeOperations } = await import('athena-memory')
  return describeOperations()
}
