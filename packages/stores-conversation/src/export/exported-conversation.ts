import type { Message } from '../message.ts'
import type { Session } from '../session.ts'
import type { Thread } from '../thread.ts'

/** A thread with all its messages, in their order. */
export interface ExportedThread extends Thread {
  readonly messages: readonly Message[]
}

/** A session and the threads of it that are exported, the earliest first. */
export interface ExportedConversation {
  readonly session: Session
  readonly threads: readonly ExportedThread[]
}
