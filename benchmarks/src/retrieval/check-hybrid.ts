import type { AnswersReport } from './report-answers.ts'

const MEASURE = 'recall@10'

/** How much worse than a part of it the hybrid search may be. */
const TOLERANCE = 0.005

/** @throws Error where text or vectors alone find clearly more than both together */
export const checkHybrid = ({ overall, arms }: Pick<AnswersReport, 'overall' | 'arms'>): void => {
  if (arms === undefined) return
  for (const [name, arm] of Object.entries(arms)) {
    const [found, alone] = [overall[MEASURE], arm.overall[MEASURE]]
    if (alone - found > TOLERANCE) {
      throw new Error(
        `hybrid ${MEASURE} is ${found}, below ${name} alone (${alone}) by more than ${TOLERANCE}`,
      )
    }
  }
}
