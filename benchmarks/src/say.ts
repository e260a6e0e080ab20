/** Tells whoever watches how far it is, on standard error. */
export const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}
