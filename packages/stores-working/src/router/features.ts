import type { WorkingItem } from '../items/item.ts'
import { findMarkers } from './markers.ts'

/** What the router knows of an item, in the order of a model's numbers. */
export const FEATURE_NAMES = [
  'contentLength',
  'isPhonological',
  'isVisuospatial',
  'activation',
  'importance',
  'secondsHeld',
  'hasTemporalMarker',
  'hasActionVerb',
  'hasFutureMarker',
  'hasQuestionWord',
  'hasFileReference',
] as const
export type FeatureName = (typeof FEATURE_NAMES)[number]

/** Lengths in UTF-16 code units, times in seconds, the rest from 0 to 1. */
export type Features = Readonly<Record<FeatureName, number>>

/** Describes an item, as of a time, by numbers that are all finite and not negative. */
export const featuresOf = (item: WorkingItem, at: Date): Features => {
  const markers = findMarkers(item.content)
  return {
    contentLength: item.content.length,
    isPhonological: Number(item.component === 'phonological'),
    isVisuospatial: Number(item.component === 'visuospatial'),
    activation: item.activation,
    importance: item.importance,
    secondsHeld: Math.max(at.getTime() - item.createdAt.getTime(), 0) / 1000,
    hasTemporalMarker: Number(markers.isTemporal),
    hasActionVerb: Number(markers.isAction),
    hasFutureMarker: Number(markers.isFuture),
    hasQuestionWord: Number(markers.isQuestion),
    hasFileReference: Number(markers.namesFile),
  }
}

/** The numbers of features in the order of `FEATURE_NAMES`, or of the names given. */
export const toVector = (
  features: Readonly<Record<string, number>>,
  names: readonly string[] = FEATURE_NAMES,
): number[] => names.map((name) => features[name] ?? 0)
