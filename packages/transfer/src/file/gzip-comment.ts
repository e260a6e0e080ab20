/**
 * A gzip member that holds nothing but a comment (RFC 1952): whoever unpacks a file of several
 * members passes over it.
 *
 * @param comment ASCII
 */
export const gzipComment = (comment: string): Buffer => {
  const header = [0x1f, 0x8b, 8, HAS_COMMENT, 0, 0, 0, 0, 0, UNKNOWN_SYSTEM]
  const nothing = [0x03, 0x00]
  const checksumAndLength = [0, 0, 0, 0, 0, 0, 0, 0]
  return Buffer.from([...header, ...Buffer.from(`${comment}\0`), ...nothing, ...checksumAndLength])
}

const HAS_COMMENT = 0x10
const UNKNOWN_SYSTEM = 0xff
