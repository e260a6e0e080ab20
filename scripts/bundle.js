import { cp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const migrations = fileURLToPath(new URL('../packages/db-core/migrations', import.meta.url))

/** CommonJS libraries inside an ES module still ask for `require`. */
const banner = `import { createRequire as __createRequire } from 'node:module'
const require = __createRequire(import.meta.url)`

/** zod's messages in fifty languages are as large as the rest of it, and no namespace is shaken. */
const englishOnly = {
  name: 'english-only',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
    }))
  },
}

/**
 * Bundles the programs of a folder from source, migrations beside them. Parts that are imported on
 * demand stay files of their own, so that a program starts with what it needs.
 *
 * @param {object} options
 * @param {string} options.folder the package
 * @param {Record<string, string>} options.programs source files by the name of the program
 */
export const bundle = async ({ folder, programs }) => {
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const outdir = join(folder, 'dist')
  await rm(outdir, { recursive: true, force: true })
  await build({
    absWorkingDir: folder,
    entryPoints: programs,
    outdir,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: ['libsql', '@electric-sql/*', 'libpg-query'],
    define: { 'process.env.ATHENA_VERSION': JSON.stringify(version ?? '0.0.0') },
    banner: { js: banner },
    plugins: [englishOnly],
    // Half of what a short command takes is reading programs.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
  })
  await cp(migrations, join(outdir, 'migrations'), { recursive: true, filter: isSql })
}

/** The snapshots are for generating the next migration only. */
const isSql = (path) => !path.endsWith('_snapshot.json')
