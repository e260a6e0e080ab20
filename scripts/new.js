// Makes a package from a template, so that packages cannot diverge: pnpm new store <name>
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

function fail(message) {
  console.error(message)
  process.exit(2)
}

/** The name in every form that the template asks for. */
function placeholders(name) {
  const pascal = name.replaceAll(/(?:^|-)(.)/g, (_, letter) => letter.toUpperCase())
  const { version } = JSON.parse(readFileSync(join(root, 'packages/athena/package.json'), 'utf8'))
  return {
    __name__: name,
    __Name__: pascal,
    __camelName__: pascal[0].toLowerCase() + pascal.slice(1),
    __version__: version,
  }
}

function copyTemplate(folder, words) {
  const template = join(root, 'scripts/templates/store')
  const fill = (text) => text.replaceAll(/__[a-zA-Z]+__/g, (word) => words[word] ?? word)
  const files = readdirSync(template, { recursive: true }).filter((path) =>
    path.endsWith('.template'),
  )
  for (const path of files) {
    const target = join(folder, fill(path.replace(/\.template$/, '')))
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, fill(readFileSync(join(template, path), 'utf8')))
  }
}

/** `tsc -b` at the root builds what is referenced there; stores stand before the package that composes them. */
function addReference(path) {
  const file = join(root, 'tsconfig.json')
  const before = /^.*"packages\/athena".*$/m
  const text = readFileSync(file, 'utf8')
  if (!before.test(text))
    fail('tsconfig.json has no reference to packages/athena to add a store before')
  writeFileSync(
    file,
    text.replace(before, (line) => `    { "path": "${path}" },\n${line}`),
  )
}

const [kind, name = ''] = process.argv.slice(2)
const path = `packages/stores-${name}`
if (kind !== 'store') fail('usage: pnpm new store <name>, as in: pnpm new store episodic')
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
  fail('the name must be words of lower-case letters and digits joined by "-", as in working-sets')
}
if (existsSync(join(root, path))) fail(`${path} exists already: choose another name`)

copyTemplate(join(root, path), placeholders(name))
addReference(path)
// Where lines break depends on the length of the name.
spawnSync(join(root, 'node_modules/.bin/oxfmt'), [path], { cwd: root })
console.log(`${path} is there: it lists what the document index holds of the layer "${name}".

What to do next:
  npx -y pnpm@12 install
  npx -y pnpm@12 test ${path}
  its own tables   packages/db-core/src/tables/${name}.ts, added to tables.ts, postgres.ts and sqlite.ts;
                   then npx -y pnpm@12 --filter @athena-memory/db-core generate
  its operations   collected in packages/athena, which also gets it as a dependency and a reference`)
