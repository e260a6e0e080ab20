import type { JsonObject } from '@athena-memory/operations'
import type { GlobalOptions } from '../global-options.ts'
import { withSpinner } from '../terminal/spinner.ts'
import { withOperations } from '../with-athena.ts'

/** Opens the memory, calls one operation with wire arguments and closes the memory. */
export const callOperation = (
  globals: GlobalOptions,
  name: string,
  input: JsonObject,
): Promise<JsonObject> =>
  withSpinner(name, () =>
    withOperations(globals, name, (operations) => operations.call(name, input)),
  )
