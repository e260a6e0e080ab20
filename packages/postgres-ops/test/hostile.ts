import { CASES } from './guard/cases.ts'

/** What nobody may be shown. */
export const SECRETS = /SECRET-OF-B|KEY-HASH/

/** What only `hardening.sql` takes away. */
export const NEEDS_HARDENING = /set_config|to_xml|lo_/i

/** Every statement that the guard refuses. */
export const HOSTILE: readonly string[] = CASES.filter(({ expect }) => expect === 'refuse')
  .map(({ sql }) => sql)
  // Nothing to run: PostgreSQL has no answer to it that a cursor would hear.
  .filter((sql) => !/^[\s;]*(--.*)?$/.test(sql))

const AS_TENANT_B = `set_config(''app.tenant_id'', ''tenant-b'', true)`

/** Those that need hardening, and more that go further: each of these shows or leaves something without it. */
export const NEEDING_HARDENING: readonly string[] = [
  ...HOSTILE.filter((sql) => NEEDS_HARDENING.test(sql)),
  `select query_to_xml('select content from memories, (select ${AS_TENANT_B} offset 0) hop', true, false, '')`,
  `select query_to_xml_and_xmlschema('select content from (select ${AS_TENANT_B} offset 0) hop, memories', true, false, '')`,
  "select m.content from (select set_config('app.tenant_id', 'tenant-b', true) offset 0) hop, memories m",
  "select content from memories where set_config('app.tenant_id', 'tenant-b', false) = 'tenant-b'",
  "select set_config('row_security', 'off', false)",
  "select table_to_xml('memories', true, false, '')",
  "select schema_to_xml('public', true, false, '')",
  "select database_to_xml(true, false, '')",
  "select lo_from_bytea(0, 'left behind')",
  'select lo_create(0)',
  'select lo_creat(-1)',
  "select lo_put(1, 0, 'left behind')",
]
