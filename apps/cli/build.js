import { bundle } from '../../scripts/bundle.js'

await bundle({ folder: import.meta.dirname, programs: { athena: 'src/main.ts' } })
