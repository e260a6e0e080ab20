import { readFile } from 'node:fs/promises'

/** The text of a script for psql, with its variables filled in as psql does. */
export const readScript = async (
  name: string,
  variables: Readonly<Record<string, string>>,
): Promise<string> => {
  const script = await readFile(new URL(`../roles/${name}`, import.meta.url), 'utf8')
  return script
    .replaceAll(/^\\set .*$/gm, '')
    .replaceAll(/:'(\w+)'/g, (_, key: string) => `'${variables[key]}'`)
    .replaceAll(/:"(\w+)"/g, (_, key: string) => `"${variables[key]}"`)
}
