export { checkShares, memberOf } from './stores/check-values.ts'
export { CHUNK_ROWS, chunksOf } from './stores/chunks.ts'
export { eraseDerivations } from './stores/derivations.ts'
export { findContents, isOwnedBy, type OwnedContent } from './stores/find-contents.ts'
export { checkItem, type ItemRef, keyOf, LAYER_NAME, namesItem, refOf } from './stores/item-ref.ts'
export {
  beyond,
  cutPage,
  DEFAULT_LIMIT,
  fromCursor,
  type PageOptions,
  toCursor,
} from './stores/page.ts'
