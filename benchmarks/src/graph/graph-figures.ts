/** The figures of one database. Times are in ms. */
export interface GraphFigures {
  readonly database: 'libsql' | 'pglite' | 'postgres'
  readonly entities: number
  readonly relations: number
  readonly insert_rows_s: number
  readonly neighbours_depth2_ms_p50: number
  readonly neighbours_depth2_ms_p95: number
  /** Weighted, between two entities drawn by chance. */
  readonly shortest_path_ms_p50: number
  readonly shortest_path_ms_p95: number
  readonly three_paths_ms_p50: number
  readonly detect_communities_ms: number
  readonly modularity: number
}
