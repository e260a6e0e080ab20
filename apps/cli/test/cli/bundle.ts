import { join } from 'node:path'
import { buildBundle } from '@athena-memory/testing'

const app = join(import.meta.dirname, '../..')

/** The program under test. */
export const bundle = join(app, 'dist/athena.js')

/** Builds the program where it is missing or out of date. */
export const prepareBundle = (): Promise<void> => buildBundle(app)
