import type { DatabaseHealth } from '../database/opened.ts'
import type { Connection } from '../engine.ts'
import { compareVersions, pgvectorVersion } from './require-pgvector.ts'

/** The first version without the vulnerability CVE-2026-3172. */
const SAFE = [0, 8, 4]

const ROLE = `
select r.rolsuper, r.rolbypassrls,
  exists (select from pg_class c where c.relname = 'memories' and c.relowner = r.oid)
from pg_roles r where r.rolname = current_user`

/** What an operator should know of a PostgreSQL server and of the role that is used. */
export const inspectPostgres = async (
  connection: Connection,
): Promise<Pick<DatabaseHealth, 'pgvectorVersion' | 'warnings'>> => {
  const version = await pgvectorVersion(connection)
  const [role] = await connection.execute(ROLE, [])
  const warnings = [...versionWarnings(version), ...roleWarnings(role ?? [])]
  return { ...(version ? { pgvectorVersion: version } : {}), warnings }
}

const versionWarnings = (version: string | undefined): string[] => {
  if (version === undefined) return ['pgvector is not installed in this database']
  return compareVersions(version, SAFE) < 0
    ? [`pgvector ${version} has a known vulnerability (CVE-2026-3172); update to 0.8.4 or later`]
    : []
}

const roleWarnings = ([
  isSuperuser,
  bypassesPolicies,
  ownsTables,
]: readonly unknown[]): string[] => [
  ...(isTrue(isSuperuser) || isTrue(bypassesPolicies)
    ? [
        'this role bypasses row level security: tenants are not kept apart; connect as a member of athena_app',
      ]
    : []),
  ...(isTrue(ownsTables)
    ? ['this role owns the tables and could lift their policies; connect as a member of athena_app']
    : []),
]

const isTrue = (value: unknown): boolean => value === true || value === 't'
