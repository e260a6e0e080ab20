import type { StoredDocument } from '../documents/stored-document.ts'
import type { Group } from '../score/candidate.ts'

/** Which documents stand where in their groups. */
export interface GroupMembers {
  add(document: StoredDocument): void
  remove(document: StoredDocument): void
  standingAt(group: Group, position: number): readonly StoredDocument[]
}

const NONE: readonly StoredDocument[] = []

/** No members yet. */
export const createGroupMembers = (): GroupMembers => {
  const groups = new Map<Group, Map<number, StoredDocument[]>>()
  const standingAt = (group: Group, position: number) => groups.get(group)?.get(position)
  return {
    add(document) {
      const { group, position } = document
      if (group === undefined || position === undefined) return
      const members = groups.get(group) ?? new Map<number, StoredDocument[]>()
      groups.set(group, members)
      const standing = members.get(position)
      if (standing === undefined) members.set(position, [document])
      else standing.push(document)
    },
    remove(document) {
      const { group, position } = document
      if (group === undefined || position === undefined) return
      const standing = standingAt(group, position)
      standing?.splice(standing.indexOf(document), 1)
    },
    standingAt: (group, position) => standingAt(group, position) ?? NONE,
  }
}
