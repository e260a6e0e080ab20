import pg from 'pg'
import { OpsError, type OpsErrorCode } from '../ops-error.ts'

interface Meaning {
  readonly states: RegExp
  readonly code: OpsErrorCode
  readonly message: string
}

const MEANINGS: readonly Meaning[] = [
  {
    states: /^57014$/,
    code: 'timeout',
    message: 'PostgreSQL stopped the statement: it took too long',
  },
  { states: /^55P03$/, code: 'timeout', message: 'another session holds a lock that is needed' },
  {
    states: /^(57P|08|53|25P03|28|3D)/,
    code: 'unavailable',
    message: 'PostgreSQL refused or ended the connection',
  },
  { states: /^22P02$/, code: 'database', message: 'a value is not written as its type wants it' },
  { states: /^22003$/, code: 'database', message: 'a number is out of range' },
  { states: /^22012$/, code: 'database', message: 'division by zero' },
  { states: /^23502$/, code: 'database', message: 'a column that needs a value got none' },
  { states: /^40001$/, code: 'database', message: 'another transaction came first; try again' },
  {
    states: /^40P01$/,
    code: 'database',
    message: 'two transactions waited for each other; try again',
  },
]

// What is written wrongly, privileges (42), what is not supported (0A), transactions (25), schemas (3F),
// dependencies (2B): these messages name things of the schema. Others may hold values of rows.
const NAMES_SCHEMA = /^(42|0A|25|3F|2B|55006)/

/** What the driver threw, in the words of this package. Values of rows stay out of the message. */
export const toOpsError = (thrown: unknown, wasTooMuch = false): OpsError => {
  if (thrown instanceof OpsError) return thrown
  if (wasTooMuch) {
    const message = 'a part of the result is too large to receive; select less'
    return new OpsError('too-large', message, { cause: thrown })
  }
  // Others have codes as well, such as EPIPE.
  if (!(thrown instanceof pg.DatabaseError) || thrown.code === undefined) {
    return new OpsError('unavailable', 'the connection to PostgreSQL failed', { cause: thrown })
  }
  const { code: state } = thrown
  const { code, message } = MEANINGS.find(({ states }) => states.test(state)) ?? {
    code: 'database',
    message: describe(state, thrown),
  }
  return new OpsError(code, `${message} (${state})`, { state, cause: thrown })
}

const describe = (state: string, { message, constraint }: pg.DatabaseError): string => {
  if (NAMES_SCHEMA.test(state)) return `PostgreSQL says: ${message}`
  return constraint === undefined
    ? 'PostgreSQL cannot run the statement on these values'
    : `the constraint ${constraint} forbids it`
}
