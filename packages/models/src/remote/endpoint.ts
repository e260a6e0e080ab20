/** The URL of `path` below a base URL, whose own path and query string are kept. */
export const endpoint = (base: string, path: string): URL => {
  const url = new URL(base)
  url.pathname = url.pathname.replace(/\/+$/, '') + path
  return url
}
