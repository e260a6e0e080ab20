/**
 * The forms of keys, tokens and passwords, as their issuers document them. Each is bounded or walks
 * over a text once, so that no text makes it slow. What surrounds a secret (the address around a
 * password, the name of a variable) is not part of it, nor is what stands in place of one.
 */
export const SECRET_PATTERNS: readonly RegExp[] = [
  // Cloud providers
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /(?<=aws_secret_access_key\s{0,5}[=:]\s{0,5}["']?)[A-Za-z0-9/+=]{40}/gi,
  /\bAIza[\w-]{35}/g,
  /\bGOCSPX-[\w-]{28}/g,
  /\bdo[opr]_v1_[a-f0-9]{64}/g,
  // Code and packages
  /\bgh[pousr]_[A-Za-z0-9]{36,255}/g,
  /\bgithub_pat_\w{22,255}/g,
  /\bglpat-[\w-]{20,255}/g,
  /\bnpm_[A-Za-z0-9]{36}/g,
  /\bpypi-AgEI[\w-]{50,255}/g,
  // Models
  /\bsk-(?:proj-|svcacct-|ant-)?[\w-]{32,255}/g,
  /\bhf_[A-Za-z0-9]{30,255}/g,
  // Services
  /\bxox[abeoprs]-[\w-]{10,255}/g,
  /\bxapp-\d-[\w-]{10,255}/g,
  /(?<=hooks\.slack\.com\/services\/)[\w/]{20,100}/g,
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,255}/g,
  /\bSG\.[\w-]{22}\.[\w-]{43}/g,
  /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/g,
  /\blin_api_[A-Za-z0-9]{40}/g,
  /\bntn_[A-Za-z0-9]{40,100}/g,
  /\b\d{8,10}:AA[\w-]{33}/g,
  // Of no issuer in particular
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:[^-]|-(?!----)){64,20000}-----END [A-Z ]{0,30}PRIVATE KEY-----/g,
  /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,8000}\.[\w-]{10,2000}/g,
  /(?<=\b(?:bearer|basic)\s)(?=\S{0,200}\d)[\w+/.~-]{20,2000}={0,2}/gi,
  /(?<=:\/\/)[^\s:@/]{0,100}:[^\s@/$<{*]{3,200}(?=@)/g,
  /(?<=(?:PASSWORD|PASSWD|SECRET|TOKEN|API_KEY|ACCESS_KEY|PRIVATE_KEY)=\\?["']?)(?!\[redacted )[^\s"'$<{]{8,500}/g,
]
