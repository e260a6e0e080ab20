/** By how much the means may differ while confidence still counts as well calibrated. */
const CALIBRATION_TOLERANCE = 0.05

/** Means over all samples of reported confidence and of what came true, each from 0 to 1. */
export interface CalibrationMeans {
  readonly samples: number
  readonly meanReported: number
  readonly meanActual: number
  /** The mean of how far each report was off. */
  readonly meanAbsoluteError: number
}

export const TENDENCIES = ['over-confident', 'under-confident', 'calibrated'] as const

/** How reported confidence compares with what came true. */
export interface Calibration extends CalibrationMeans {
  readonly isWellCalibrated: boolean
  readonly tendency: (typeof TENDENCIES)[number]
  /** What to multiply a reported confidence by: actual / reported; absent where none was reported. */
  readonly adjustment?: number | undefined
}

/** Well calibrated are means that differ by less than .05. Absent where there are no samples. */
export const assessCalibration = (
  means: CalibrationMeans,
  tolerance: number = CALIBRATION_TOLERANCE,
): Calibration | undefined => {
  const { samples, meanReported, meanActual } = means
  if (samples === 0) return undefined
  const excess = meanReported - meanActual
  const isWellCalibrated = Math.abs(excess) < tolerance
  return {
    ...means,
    isWellCalibrated,
    tendency: isWellCalibrated ? 'calibrated' : biasOf(excess),
    adjustment: meanReported > 0 ? meanActual / meanReported : undefined,
  }
}

const biasOf = (excess: number) => (excess > 0 ? 'over-confident' : 'under-confident')
