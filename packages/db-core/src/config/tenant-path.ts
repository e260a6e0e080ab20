import { join, parse } from 'node:path'
import { DEFAULT_TENANT, type SqliteConfig } from './database-config.ts'

/** The file of a tenant: `memory.db` is the default's, `memory.acme.db` that of `acme`. */
export const tenantPath = ({ path, tenantId }: SqliteConfig): string => {
  if (tenantId === DEFAULT_TENANT) return path
  const { dir, name, ext } = parse(path)
  return join(dir, `${name}.${tenantId}${ext}`)
}
