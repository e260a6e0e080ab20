import type { z } from 'zod'
import { type EntityLine, type GraphLine, graphLine, type RelationLine } from './graph-line.ts'

/** A line that could not be taken over. */
export interface LineProblem {
  /** From 1. */
  readonly line: number
  /** What is wrong, without what is there. */
  readonly problem: string
}

/** What a file says, with the numbers of its lines. */
export interface ParsedGraph {
  readonly entities: (EntityLine & { readonly line: number })[]
  readonly relations: (RelationLine & { readonly line: number })[]
  readonly problems: LineProblem[]
}

/** Reads the lines of a file; empty ones mean nothing. */
export const parseJsonl = (text: string): ParsedGraph => {
  const parsed: ParsedGraph = { entities: [], relations: [], problems: [] }
  // A byte order mark is no part of the first line.
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  for (const [index, content] of lines.entries()) {
    if (content.trim() === '') continue
    const line = index + 1
    const read = parseLine(content)
    if (typeof read === 'string') parsed.problems.push({ line, problem: read })
    else if (read.type === 'entity') parsed.entities.push({ ...read, line })
    else parsed.relations.push({ ...read, line })
  }
  return parsed
}

/** What a line says, or what is wrong with it. */
const parseLine = (content: string): GraphLine | string => {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    return 'expected one JSON object'
  }
  const result = graphLine.safeParse(value)
  return result.success ? result.data : describe(result.error)
}

const describe = ({ issues }: z.core.$ZodError): string => {
  const [issue] = issues
  const field = issue?.path.map(String).join('.') ?? ''
  if (field === 'type') return 'type: expected "entity" or "relation"'
  return `${field === '' ? 'line' : field}: ${messageOf(issue)}`
}

const messageOf = (issue: z.core.$ZodIssue | undefined): string => {
  if (issue?.code === 'invalid_type') return `expected ${issue.expected}`
  return issue?.code === 'custom' ? issue.message : 'not as expected'
}
