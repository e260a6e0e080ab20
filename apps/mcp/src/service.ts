/** A way in which clients are served. */
export interface Service {
  /** Resolves when there is nobody left to serve. */
  readonly ended: Promise<void>
  /** Takes nothing new. Calls that have arrived go on. */
  readonly refuse: () => Promise<void>
  /** Lets go of the clients. */
  readonly close: () => Promise<void>
}
