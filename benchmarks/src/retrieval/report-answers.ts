import type { ArmName } from './arms.ts'
import type { PlacedAnswer } from './ask-all.ts'
import { floorCostAtMost } from './floor-cost.ts'
import { type QualityReport, reportQuality } from './quality.ts'

/** All that answers are worth. */
export interface AnswersReport extends QualityReport {
  /** The most that recall@10 gains where nothing is left out for having too little to do with a question. */
  readonly floorCostAtMost: number
  /** Conversations at even places of the file, from 0, and at odd ones. */
  readonly halves?: { readonly even: QualityReport; readonly odd: QualityReport }
  /** What the parts of the hybrid search find alone, where vectors were given. */
  readonly arms?: { readonly text: QualityReport; readonly vector: QualityReport }
}

/** Reports the hybrid search, and beside it what else was asked for. */
export const reportAnswers = (
  answers: readonly PlacedAnswer[],
  { split }: { readonly split: boolean },
): AnswersReport => {
  const of = (name: ArmName) => answers.filter(({ arm }) => arm === name)
  const [hybrid, text, vector] = [of('hybrid'), of('text'), of('vector')]
  const half = (rest: number) => reportQuality(hybrid.filter(({ place }) => place % 2 === rest))
  return {
    ...reportQuality(hybrid),
    floorCostAtMost: Number(floorCostAtMost(10, hybrid).toFixed(4)),
    ...(split && { halves: { even: half(0), odd: half(1) } }),
    ...(text.length > 0 && { arms: { text: reportQuality(text), vector: reportQuality(vector) } }),
  }
}
