import type { Command } from 'commander'
import { answer } from '../answer.ts'
import { type Progress, withProgress } from '../terminal/progress.ts'
import { withAthena } from '../with-athena.ts'

/** Documents between two looks at the progress. */
const BATCH = 100

type EmbedPending = (options: { limit: number }) => Promise<{ embedded: number; remaining: number }>

/** Adds `athena embed`: gives vectors to what has none yet. */
export const addEmbed = (program: Command): Command => {
  const command = program.command('embed').summary('embed what is pending')
  command.description(
    'Gives vectors to memories that have none: those written while the model could not be reached, and all of them after a change of model. Stopped at any point, the next run goes on from there.',
  )
  answer(command, async (globals) => {
    const value = await withAthena(globals, ({ embedPending }) =>
      withProgress((onProgress) => embedAll(embedPending, onProgress)),
    )
    return { value, text: () => toSentence(value) }
  })
  return command
}

const embedAll = async (embedPending: EmbedPending, onProgress: (progress: Progress) => void) => {
  let done = 0
  for (;;) {
    const { embedded, remaining } = await embedPending({ limit: BATCH })
    done += embedded
    onProgress({ done, total: done + remaining, unit: 'documents' })
    // Nothing embedded though something remains: another process has it in hand.
    if (remaining === 0 || embedded === 0) return { embedded: done, remaining }
  }
}

const toSentence = ({ embedded, remaining }: { embedded: number; remaining: number }): string => {
  if (embedded === 0 && remaining === 0) return 'Nothing is pending.'
  return `Embedded ${embedded}; ${remaining} remain.`
}
