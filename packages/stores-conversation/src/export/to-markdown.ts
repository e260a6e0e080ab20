import type { Message } from '../message.ts'
import type { ExportedConversation } from './exported-conversation.ts'

/**
 * A conversation as Markdown: a heading for the session, for each thread and for each message. What was
 * said is quoted line by line, so that no heading in it looks like one of ours.
 */
export const toMarkdown = ({ session, threads }: ExportedConversation): string => {
  const name = session.title ?? session.externalId ?? session.id
  const sections = threads.flatMap(({ title, id, messages }) => [
    `## ${oneLine(title ?? id)}`,
    ...messages.map(describe),
  ])
  return `${[`# ${oneLine(name)}`, ...sections].join('\n\n')}\n`
}

const describe = ({ role, speaker, saidAt, content }: Message): string => {
  const who = oneLine(speaker === undefined ? role : `${speaker} (${role})`)
  return `### ${who}, ${saidAt.toISOString()}\n\n${quote(content)}`
}

const quote = (text: string): string =>
  text
    .split(/\r\n|[\n\r]/)
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n')

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
