/**
 * English words that say how a sentence is built and not what it is about. Contractions stand here
 * without their apostrophe.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again all also am an and any anyone anything are arent as at be because
    been before being below between both but by can cannot cant could couldnt did didnt do does
    doesnt doing done dont down during each either else ever every few for from further get gets
    getting got had hadnt has hasnt have havent having he her here heres hers herself hes him
    himself his how hows i if im in into is isnt it its itself ive just let lets like may me
    might mine more most much must my myself neither no nor not now of off on once one only onto
    or other our ours ourselves out over own please really same shall she shes should shouldnt
    since so some somebody someone something such than that thats the their theirs them
    themselves then there theres these they theyre theyve this those though through thus to too
    under until up upon us very was wasnt we well were werent weve what whatever whats when
    whenever where wheres whether which while who whoever whom whos whose why will with within
    without wont would wouldnt yes yet you your youre yours yourself yourselves youve`.split(/\s+/),
)
