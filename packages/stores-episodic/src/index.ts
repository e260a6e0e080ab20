export { type CauseStrength, scoreCause } from './cause-strength.ts'
export type { ChainOptions, EpisodeChain } from './chain.ts'
export {
  type Episode,
  type EpisodeState,
  EVENT_TYPES,
  type EventType,
  type Outcome,
  OUTCOMES,
} from './episode.ts'
export { createEpisodicStore, type EpisodicStore } from './episodic-store.ts'
export type { CauseCandidate, CauseOptions } from './find-causes.ts'
export type { ForgetEpisodeReceipt } from './forget-episode.ts'
export type { IngestFileOptions, IngestFileReport } from './ingest/ingest-file.ts'
export type { IngestGitOptions, IngestGitReport } from './ingest/ingest-git.ts'
export { parseTranscriptLine, type TranscriptEntry } from './ingest/parse-transcript.ts'
export type { EpisodeFilter, EpisodePage, ListOptions } from './list-episodes.ts'
export type { NewEpisode } from './new-episode.ts'
export { episodicOperations } from './operations/episodic-operations.ts'
export type { Recorded, RecordOutcome } from './record-episodes.ts'
export type { FoundEpisode, SearchEpisodesOptions } from './search-episodes.ts'
export { type Cut, segmentTexts, type SegmentOptions } from './surprise/segment-texts.ts'
