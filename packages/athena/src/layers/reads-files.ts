import type { OperationDescription } from '@athena-memory/operations'

/**
 * Whether an operation does nothing but read a file or repository of this machine. Whoever serves others
 * than the user of this machine leaves these out.
 */
export const readsFiles = ({ name, input }: OperationDescription): boolean =>
  /\.(?:ingest|import)-/.test(name) && input.shape['path']?.safeParse(undefined).success === false
