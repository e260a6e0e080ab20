import { z } from 'zod'
import { UNTRUSTED } from '../run/query.ts'

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])
const parameter = z.union([cell, z.array(cell).max(10_000)])

/** What the operations that take a statement share. */
export const sql = z.string().min(1).max(65_536)
export const params = z.array(parameter).max(1000).optional().describe('values for $1, $2, ...')
export const timeoutMs = z.number().int().min(1).max(60_000).default(5000)
export const name = z.string().min(1).max(200)
export const rows = z.array(z.record(z.string(), cell))
export const columns = z.array(z.string())
export const untrusted = z.literal(UNTRUSTED)
