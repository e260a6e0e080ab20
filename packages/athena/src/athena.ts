import type { Database, OpenDatabase } from '@athena-memory/db-core'
import type { Registry } from '@athena-memory/operations'
import type { DocumentIndex } from '@athena-memory/search'
import type { AttentionStore } from '@athena-memory/stores-attention'
import type { ConversationStore } from '@athena-memory/stores-conversation'
import type { EpisodicStore } from '@athena-memory/stores-episodic'
import type { GraphStore } from '@athena-memory/stores-graph'
import type { MetaStore } from '@athena-memory/stores-meta'
import type { ProjectStore } from '@athena-memory/stores-projects'
import type { NewMemory, Remembered, SemanticStore } from '@athena-memory/stores-semantic'
import type { WorkingStore } from '@athena-memory/stores-working'
import type { AllLayers } from './all-layers.ts'

/** The stores of all layers over one database or one transaction. */
export interface Layers {
  readonly database: Database
  readonly documents: DocumentIndex
  readonly projects: ProjectStore
  readonly semantic: SemanticStore
  readonly episodic: EpisodicStore
  readonly conversation: ConversationStore
  readonly graph: GraphStore
  readonly working: WorkingStore
  readonly attention: AttentionStore
  readonly meta: MetaStore
}

/** What may be said of a text that is to be remembered. */
export interface RememberOptions extends Omit<NewMemory, 'content' | 'projectId'> {
  /** Name of the project, made where there is none; the current project unless given. */
  readonly project?: string | undefined
}

/** An open memory: its layers, and what is done across them. */
export interface Athena extends Layers, AllLayers {
  readonly database: OpenDatabase
  /** Every operation by name, as MCP tools and commands call them. */
  readonly operations: Registry
  /** Remembers a text as semantic memory; the same text again is the same memory. */
  remember(content: string, options?: RememberOptions): Promise<Remembered>
  /** The id of the named project, made where there is none; of the current one without a name. */
  projectId(name?: string): Promise<string>
  /**
   * Runs `work` in one transaction over all layers: all of it is kept, or nothing. After a conflict
   * it runs again. A remote embedder is not asked inside: what is written there is embedded later.
   */
  transaction<T>(work: (layers: Layers) => Promise<T>): Promise<T>
  /** The memory of another tenant: over the same connections, or in a file of its own. */
  forTenant(tenantId: string): Promise<Athena>
  /** Waits for what is under way, then closes the database. */
  close(): Promise<void>
}
