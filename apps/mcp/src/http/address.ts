import { isIP, isIPv4 } from 'node:net'
import { SettingError } from '../setting-error.ts'

/** Where an HTTP server listens. */
export interface Address {
  readonly host: string
  /** 0 for any that is free. */
  readonly port: number
}

/**
 * Reads `PORT`, `HOST:PORT` or `[IPv6]:PORT`; without a host it is 127.0.0.1.
 * @throws SettingError
 */
export const parseAddress = (text: string): Address => {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]:|([^:]+):)?(\d{1,5})$/.exec(text) ?? []
  const port = Number(digits ?? Number.NaN)
  const host = bracketed ?? plain ?? '127.0.0.1'
  if (!(port <= 65_535) || (bracketed !== undefined && isIP(bracketed) !== 6)) {
    throw new SettingError('--http', 'expected [HOST:]PORT, such as 8787 or 0.0.0.0:8787')
  }
  return { host, port }
}

/** Whether only this machine can reach the host. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))

/** Whether the host stands for every address of this machine. */
export const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::'

/** The host as it stands in an address: IPv6 in brackets. */
export const toHostname = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host)
