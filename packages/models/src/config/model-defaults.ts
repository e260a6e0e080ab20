/** What a model's vectors and prefixes are unless the options say otherwise. */
export interface ModelDefaults {
  /** Length of its vectors when nothing shorter is asked for; undefined for a model that is not known here. */
  readonly dimensions: number | undefined
  readonly documentPrefix: string
  readonly queryPrefix: string
  /** Trained so that servers can cut its vectors short on request. */
  readonly canShorten: boolean
}

const plain = (dimensions: number | undefined): ModelDefaults => ({
  dimensions,
  documentPrefix: '',
  queryPrefix: '',
  canShorten: false,
})

const nomic: ModelDefaults = {
  ...plain(768),
  documentPrefix: 'search_document: ',
  queryPrefix: 'search_query: ',
}
const mixedbread: ModelDefaults = {
  ...plain(1024),
  queryPrefix: 'Represent this sentence for searching relevant passages: ',
}
const gemma: ModelDefaults = {
  dimensions: 768,
  documentPrefix: 'title: none | text: ',
  queryPrefix: 'task: search result | query: ',
  canShorten: true,
}

// Lengths and prefixes as the model cards give them.
const models: ReadonlyMap<string, ModelDefaults> = new Map([
  ['nomic-embed-text', nomic],
  ['nomic-embed-text-v1.5', nomic],
  ['mxbai-embed-large', mixedbread],
  ['mxbai-embed-large-v1', mixedbread],
  ['embeddinggemma', gemma],
  ['embeddinggemma-300m', gemma],
  ['all-minilm', plain(384)],
  ['bge-m3', plain(1024)],
  ['text-embedding-ada-002', plain(1536)],
  ['text-embedding-3-small', { ...plain(1536), canShorten: true }],
  ['text-embedding-3-large', { ...plain(3072), canShorten: true }],
])

/** The defaults of a model by the name that a server knows it by, with or without publisher and tag. */
export const modelDefaults = (name: string): ModelDefaults =>
  models.get(name.replace(/^.*\//, '').replace(/:.*$/, '').toLowerCase()) ?? plain(undefined)
