export { openLibsql } from './libsql/open-libsql.ts'
