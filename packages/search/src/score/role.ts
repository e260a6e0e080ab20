/** How much more counts what the user stated: answers are long and repeat the question's words. */
const USER_BOOST = 1.6

/** The factor for the role in which a text was said. */
export const roleFactor = (role: string | undefined): number => (role === 'user' ? USER_BOOST : 1)
