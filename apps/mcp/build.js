import { bundle } from '../../scripts/bundle.js'

await bundle({
  folder: import.meta.dirname,
  programs: { 'athena-mcp': 'src/athena-mcp.ts' },
})
