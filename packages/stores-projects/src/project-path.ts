import { StorageError } from '@athena-memory/db-core'

interface SplitPath {
  /** `/`, `//` of a network share, or a drive such as `C:/`. */
  readonly root: string
  readonly segments: readonly string[]
}

/**
 * An absolute directory in the one form that is stored: `/` between segments, none at the end, no
 * `.` and `..`, drive letters in upper case. Case is kept otherwise, and a backslash separates only
 * in Windows paths, since elsewhere it is part of a name.
 *
 * @throws StorageError `invalid` for a relative path
 */
export const normalizePath = (path: string): string => joinPath(splitPath(path))

/** A normalised path and every directory above it, the longest first. */
export const ancestorsOf = (path: string): string[] => {
  const { root, segments } = splitPath(path)
  return Array.from({ length: segments.length + 1 }, (_, dropped) =>
    joinPath({ root, segments: segments.slice(0, segments.length - dropped) }),
  )
}

/** The segments of a path, from the root on. */
export const segmentsOf = (path: string): readonly string[] => splitPath(path).segments

const ABSOLUTE = /^(?<root>[A-Za-z]:\/|\/\/(?!\/)|\/)(?<rest>.*)$/s

const splitPath = (path: string): SplitPath => {
  const isWindows = /^([A-Za-z]:[\\/]|\\\\)/.test(path)
  const match = ABSOLUTE.exec(isWindows ? path.replaceAll('\\', '/') : path)
  if (!match?.groups) throw new StorageError('invalid', { detail: 'path must be absolute' })
  const { root = '/', rest = '' } = match.groups
  return { root: root.toUpperCase(), segments: resolveSegments(rest.split('/')) }
}

const resolveSegments = (given: readonly string[]): string[] => {
  const segments: string[] = []
  for (const segment of given) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(segment)
  }
  return segments
}

/** A network root without a server is the plain one. */
const joinPath = ({ root, segments }: SplitPath): string =>
  root === '//' && segments.length === 0 ? '/' : root + segments.join('/')
