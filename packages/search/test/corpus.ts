/** A random number generator from 0 to 1 that gives the same numbers every time (Marsaglia 2003, xorshift). */
const createRandom = (seed: number) => () => {
  seed ^= seed << 13
  seed ^= seed >>> 17
  seed ^= seed << 5
  return (seed >>> 0) / 2 ** 32
}

const words = (text: string): string[] => text.split(/\s+/)

const people = words('Anna Bert Carla Dmitri Elif Farid Greta Hiro')
const places = words('Lisbon Oslo Kyoto Gdańsk Nairobi Quito Bergen Porto Tartu Cusco')
const things = words(
  'bicycle piano telescope garden camera sailboat kettle sofa laptop novel violin tent drone loom',
)
const topics = words(
  'database invoice migration release budget contract interview roadmap backup audit',
)
const states = words(
  'finished delayed cancelled approved broken lost signed archived reviewed rejected',
)
const colours = words('red green blue yellow purple silver')
const days = words('Monday Tuesday Wednesday Thursday Friday')

const patterns = [
  'PERSON bought a COLOUR THING in PLACE',
  'The TOPIC was STATE on DAY',
  'PERSON and PERSON talked about the TOPIC over coffee',
  'We moved the THING from PLACE to PLACE',
  'PERSON said the COLOUR THING is broken since DAY',
  'Remember: the TOPIC of PLACE must be STATE before DAY',
  'PERSON is learning the THING and practises every DAY',
]
const questions = [
  'What did PERSON buy in PLACE?',
  'When was the TOPIC STATE?',
  'Who talked about the TOPIC?',
  'Where is the COLOUR THING?',
  'Which THING did PERSON practise on DAY?',
]

const fill = (pattern: string, random: () => number): string => {
  const lists: Record<string, readonly string[]> = {
    PERSON: people,
    PLACE: places,
    THING: things,
    TOPIC: topics,
    STATE: states,
    COLOUR: colours,
    DAY: days,
  }
  return pattern.replace(/[A-Z]{2,}/g, (name) => pick(lists[name] ?? [name], random))
}

const pick = <Item>(items: readonly Item[], random: () => number): Item => {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

/** Turns of conversations, the same every time. */
export const makeTurns = (count: number) => {
  const random = createRandom(20_261_121)
  return Array.from({ length: count }, (_, index) => ({
    sourceId: `turn ${index}`,
    content: Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      fill(pick(patterns, random), random),
    ).join('. '),
    speaker: pick(people, random),
    groupId: `session ${Math.floor(index / 20)}`,
    position: index % 20,
    importance: Math.round(random() * 10) / 10,
    occurredAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(index / 20), 9, index % 20)),
  }))
}

/** Questions about such turns, the same every time. */
export const makeQuestions = (count: number): string[] => {
  const random = createRandom(7)
  return Array.from({ length: count }, () => fill(pick(questions, random), random))
}
