/** How much more a text counts in the group that holds the best answer. */
const GROUP_BOOST = 0.5

/**
 * The factor for standing in a group: from 1 for groups with nothing on the question to
 * 1 + `GROUP_BOOST` for the group of the best score. Text outside groups is a group of its own.
 */
export const groupFactor = (bestOfGroup: number, bestOfAll: number): number =>
  bestOfAll > 0 ? 1 + (GROUP_BOOST * bestOfGroup) / bestOfAll : 1
