import { type Database, newId } from '@athena-memory/db-core'
import type { DocumentIndex } from '@athena-memory/search'
import type { ConsolidationState } from './consolidation-state.ts'
import { findLabile, setConsolidationState, type WindowOptions } from './consolidation.ts'
import { findRow, versionsOf } from './find-memories.ts'
import { forgetMemory, type ForgetReceipt } from './forget-memory.ts'
import { listMemories, type ListOptions, type MemoryPage } from './list-memories.ts'
import { markAccessed, markRetrieved } from './mark-memories.ts'
import type { NewMemory } from './memory-draft.ts'
import { type Memory, toMemory } from './memory.ts'
import { pruneMemories, type PruneOptions, type PruneReport } from './prune-memories.ts'
import { type Quality, scoreQuality } from './quality.ts'
import {
  type CrossProjectOptions,
  recallMemories,
  type RecallOptions,
  type RecallOutcome,
  searchAcrossProjects,
} from './recall-memories.ts'
import { rememberMemories, type Remembered, type RememberOutcome } from './remember-memories.ts'
import { rescoreMemories, type RescoreReport } from './rescore-memories.ts'
import type { SecretPolicy } from '@athena-memory/db-core/secrets'
import type { StoreContext } from './store-context.ts'
import { type NewVersion, type Superseded, supersedeMemory } from './supersede-memory.ts'
import { type MemoryChanges, updateMemory } from './update-memory.ts'
import { scoreUsefulness } from './usefulness.ts'

/** What the store needs besides a database. */
export interface SemanticStoreOptions {
  /** The index of the same database, or of the same transaction. */
  readonly documents: DocumentIndex
  /** What happens to keys, tokens and passwords; default `redact`. */
  readonly secretPolicy?: SecretPolicy | undefined
  readonly now?: (() => Date) | undefined
  readonly newId?: (() => string) | undefined
}

/** What is known: facts, patterns, decisions, contexts and preferences, with their versions. */
export interface SemanticStore {
  /**
   * Remembers one thing, found by recall at once. What is known already, letter by letter, is not
   * stored twice.
   *
   * @throws StorageError `invalid` that names the field, `missing-reference` without such a project
   */
  remember(memory: NewMemory): Promise<Remembered & { readonly notices: string[] }>
  /** Remembers many things, all or none, and embeds them together. */
  rememberMany(memories: readonly NewMemory[]): Promise<RememberOutcome>
  get(id: string): Promise<Memory | undefined>
  /** Current memories of a project, the newest first unless `sort` says otherwise. */
  list(options: ListOptions): Promise<MemoryPage>
  /** Changes what is known about a memory. Its content is changed by `supersede`. */
  update(id: string, changes: MemoryChanges): Promise<Memory | undefined>
  /**
   * Replaces a memory by a new version and keeps the old one: recall still finds it as of a time at
   * which it was true.
   *
   * @throws StorageError `conflict` for an old version, `invalid` for the same content
   */
  supersede(id: string, version: NewVersion): Promise<Superseded | undefined>
  /** All versions that led to the current one, from the oldest to it; given any of them. */
  history(id: string): Promise<Memory[]>
  /**
   * Erases a memory with all its versions, given any of them: texts, vectors, full text, and memories
   * that were derived from nothing else. It cannot be brought back.
   */
  forget(id: string): Promise<ForgetReceipt>
  /** Answers a question by text and meaning, best first, with what is true now unless `asOf` differs. */
  recall(options: RecallOptions): Promise<RecallOutcome>
  /** Like `recall`, over all projects. */
  searchAcrossProjects(options: CrossProjectOptions): Promise<RecallOutcome>
  /** Counts one access of each, in one statement; how many of the ids there are. */
  markAccessed(ids: readonly string[]): Promise<number>
  /**
   * Notes that somebody was answered with these: one access of each, and those that were consolidated
   * are open to change for a while. `recall` does this by itself. How many of the ids there are.
   */
  markRetrieved(ids: readonly string[]): Promise<number>
  /**
   * Moves memories to a state, all or none. Unknown ids are left out of the answer.
   *
   * @throws StorageError `invalid` for a step that is not allowed
   */
  setConsolidationState(ids: readonly string[], state: ConsolidationState): Promise<Memory[]>
  /** Labile memories that recall answered with in the last hour, or `windowMinutes`; the latest first. */
  reconsolidationWindow(options: WindowOptions): Promise<Memory[]>
  /** Brings the usefulness of all current memories of a project up to date. */
  rescore(projectId: string): Promise<RescoreReport>
  /**
   * Forgets what was once used, no longer is, and was not said by a person. What was never recalled
   * stays. A dry run unless told otherwise.
   */
  prune(options: PruneOptions): Promise<PruneReport>
  /** How good a memory is now. */
  quality(id: string): Promise<Quality | undefined>
}

/** The store of semantic memory over a database or a transaction. */
export const createSemanticStore = (db: Database, options: SemanticStoreOptions): SemanticStore => {
  const { documents, secretPolicy = 'redact', now = () => new Date() } = options
  const store: StoreContext = { db, documents, secretPolicy, now, newId: options.newId ?? newId }
  const get = async (id: string) => {
    const row = await findRow(db, id)
    return row && toMemory(row)
  }
  return {
    async remember(memory) {
      const { results, notices } = await rememberMemories(store, [memory])
      const [result] = results
      if (!result) throw new Error('One memory has one result.')
      return { ...result, notices }
    },
    rememberMany: (memories) => rememberMemories(store, memories),
    get,
    list: (page) => listMemories(db, page),
    update: (id, changes) => updateMemory(store, id, changes),
    supersede: (id, version) => supersedeMemory(store, id, version),
    history: async (id) => (await versionsOf(db, id)).map(toMemory),
    forget: (id) => forgetMemory(store, id),
    recall: (question) => recallMemories(store, question),
    searchAcrossProjects: (question) => searchAcrossProjects(store, question),
    markAccessed: (ids) => markAccessed(db, ids, now()),
    markRetrieved: (ids) =>
      db.transaction(async (tx) => (await markRetrieved(tx, ids, now())).length),
    setConsolidationState: (ids, state) => setConsolidationState(db, ids, { state, at: now() }),
    reconsolidationWindow: (window) => findLabile(db, window, now()),
    rescore: (projectId) => rescoreMemories(db, projectId, now()),
    prune: (limits) => pruneMemories(store, limits),
    async quality(id) {
      const memory = await get(id)
      return memory && scoreQuality({ ...memory, usefulness: scoreUsefulness(memory, now()) })
    },
  }
}
