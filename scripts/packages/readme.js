const installLine = /^npm (?:install|i) (.+)$/m

/**
 * The first fenced block of a language that is an example and does not only install.
 *
 * @param {string} markdown
 * @param {string} language
 * @returns {string}
 */
export function exampleBlock(markdown, language) {
  const example = blocks(markdown, language).find((block) => !installLine.test(block))
  if (example === undefined) throw new Error(`README.md has no example in a ${language} block`)
  return example
}

/**
 * The packages that a README's `npm install` line names, without its flags.
 *
 * @param {string} markdown
 * @returns {string[]} empty when there is no such line
 */
export function installedPackages(markdown) {
  const [, words = ''] = blocks(markdown, 'sh').join('').match(installLine) ?? []
  return words.split(/\s+/).filter((word) => word !== '' && !word.startsWith('-'))
}

function blocks(markdown, language) {
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms')
  return [...markdown.matchAll(fence)].map(([, content]) => content)
}
