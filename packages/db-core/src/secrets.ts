export { cutBeforeSecret } from './secrets/find-secrets.ts'
export { guardFields } from './secrets/guard-fields.ts'
export { guardText, type SecretPolicy } from './secrets/secret-guard.ts'
