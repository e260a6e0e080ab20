/** The layer's name in documents, derivations and results. */
export const GRAPH_LAYER = 'graph'

/** What the documents of this layer are. */
export const GRAPH_KINDS = ['entity', 'observation', 'community'] as const
export type GraphKind = (typeof GRAPH_KINDS)[number]

/** Where entities lie unless another namespace is named. */
export const DEFAULT_NAMESPACE = 'default'
