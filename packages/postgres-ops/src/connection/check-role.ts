import { z } from 'zod'
import type { ReadRows } from '../catalog/read-rows.ts'
import { OpsError } from '../ops-error.ts'
import type { Level } from '../ops-settings.ts'

// Whoever may make roles can make one that may do more. The owner of tables that a migrator is a member of
// often may: its right to make roles takes SET ROLE, which is refused.
const POSTURE = `
  select json_build_object(
    'role', session_user,
    'versionNumber', current_setting('server_version_num')::int,
    'dangers', array(
      select case when r.rolsuper then 'superuser' when r.rolbypassrls then 'BYPASSRLS'
        when r.rolreplication then 'REPLICATION' when r.rolcreaterole then 'CREATEROLE' else r.rolname end
      from pg_catalog.pg_roles r
      where (pg_has_role(session_user, r.oid, 'MEMBER') or r.rolname = session_user)
        and (r.rolsuper or r.rolbypassrls or r.rolreplication
          or r.rolcreaterole and (r.rolname = session_user or $1 <> 'alter')
          or r.rolname in ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program',
            'pg_monitor', 'pg_read_all_settings'))
      order by 1)
  )::text`

const posture = z.object({
  role: z.string(),
  versionNumber: z.number(),
  dangers: z.array(z.string()),
})

/** Who is logged in where. */
export interface Login {
  readonly role: string
  /** Such as 150020 for 15.20. */
  readonly versionNumber: number
}

/**
 * Refuses a login role that no guard could hold: superusers, those who pass over row security, make roles,
 * replicate, use the server's files or read settings that may hold passwords, and members of such.
 * @throws OpsError with `unsafe-role`
 */
export const checkRole = async (read: ReadRows, level: Level): Promise<Login> => {
  const [found] = await read(POSTURE, posture, [level])
  if (!found) throw new OpsError('unavailable', 'PostgreSQL does not say who is logged in')
  const { dangers, ...login } = found
  if (dangers.length === 0) return login
  const list = [...new Set(dangers)].join(', ')
  throw new OpsError(
    'unsafe-role',
    `the role ${login.role} is, or is a member of: ${list}. Log in as athena_reader, athena_writer or athena_migrator`,
  )
}
