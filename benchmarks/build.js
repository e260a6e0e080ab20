import { bundle } from '../scripts/bundle.js'

await bundle({ folder: import.meta.dirname, programs: { bench: 'src/bench.ts' } })
