import type { JsonObject } from '@athena-memory/operations'
import type { GlobalOptions } from '../global-options.ts'
import { withAthena } from '../with-athena.ts'

/** Opens the memory, calls one operation with wire arguments and closes the memory. */
export const callOperation = (
  globals: GlobalOptions,
  name: string,
  input: JsonObject,
): Promise<JsonObject> => withAthena(globals, ({ operations }) => operations.call(name, input))
