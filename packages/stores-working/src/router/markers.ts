import { analyze } from '@athena-memory/search'

/** Whole words and phrases, in any case: `go` is not in `google`. */
const phrases = (...words: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words.join('|')})(?![\\p{L}\\p{N}_])`, 'iu')

const MONTHS =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const SPANS =
  '(?:night|week|month|year|time|sprint|session|monday|tuesday|wednesday|thursday|friday|saturday|sunday)'

/** When something happened. */
const TEMPORAL = phrases(
  'yesterday',
  'today',
  'just now',
  'this (?:morning|afternoon|evening|week|month)',
  `last ${SPANS}`,
  'ago',
  'earlier',
  'previously',
  'recently',
  'happened',
  'occurred',
  '\\d{4}-\\d{2}-\\d{2}',
  '(?:at )?\\d{1,2}:\\d{2}(?: ?[ap]m)?',
  `${MONTHS} \\d{1,2}`,
  `\\d{1,2} ${MONTHS}`,
)

/** What is still to come or to be done. */
const FUTURE = phrases(
  'tomorrow',
  'tonight',
  'will',
  "won't",
  'shall',
  'going to',
  'todo',
  'to do',
  'to-do',
  `next ${SPANS}`,
  'later',
  'soon',
  'deadline',
  'due',
  'remind',
  'remember to',
  "don't forget",
  'need to',
  'needs to',
  'have to',
  'must',
  'plan to',
  'by (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|the end)',
  'upcoming',
  'in \\d+ (?:minutes?|hours?|days?|weeks?|months?)',
)

/** Words that ask; a question mark does too. */
const QUESTION = phrases('who', 'whom', 'whose', 'what', 'when', 'where', 'why', 'which', 'how')

/** A path or a file name with an extension that begins with a letter. */
const FILE =
  /(?:^|[\s"'`([{<=])(?:(?:~|\.{1,2})?\/)?(?:[\p{L}\p{N}_@.-]+\/)*[\p{L}\p{N}_@-][\p{L}\p{N}_@.-]*\.[a-z][a-z0-9]{0,7}(?![\p{L}\p{N}_])|(?:^|\s)(?:~|\.{1,2})?\/[\p{L}\p{N}_@.-]+(?:\/[\p{L}\p{N}_@.-]+)+/iu

const ACTIONS = new Set(
  analyze(
    'add apply assign avoid backup build bump call change check clean click clone close commit compile configure connect convert copy create debug delete deploy disable download edit enable execute export extract fetch fix generate implement import initialise initialize insert install invoke launch load log merge migrate modify mount move open optimise optimize parse patch press publish pull push rebase rebuild refactor reload remove rename replace restart restore retry revert rewrite roll rollback run save scan select send set setup ship split start stop submit sync tag tail test toggle train transform trigger tune uninstall unpack update upgrade upload validate verify wrap write',
  ),
)

/** What the words of a text say about it. */
export interface TextMarkers {
  readonly isTemporal: boolean
  readonly isAction: boolean
  readonly isFuture: boolean
  readonly isQuestion: boolean
  readonly namesFile: boolean
}

/** Texts are looked at no further: what a text is shows at its beginning. In UTF-16 code units. */
const LOOKED_AT = 20_000

/** Looks for words that tell events, actions, intentions and questions apart; English only. */
export const findMarkers = (text: string): TextMarkers => {
  const begin = text.slice(0, LOOKED_AT)
  return {
    isTemporal: TEMPORAL.test(begin),
    isAction: analyze(begin).some((stem) => ACTIONS.has(stem)),
    isFuture: FUTURE.test(begin),
    isQuestion: begin.includes('?') || QUESTION.test(begin),
    namesFile: FILE.test(begin),
  }
}
