/** Which tools are offered: the few that matter daily, or one for every operation. */
export const profiles = ['default', 'full'] as const

export type Profile = (typeof profiles)[number]
