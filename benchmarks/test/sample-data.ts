import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const turns = [
  ['D1:1', 'Ada', 'My sister keeps three goats on a farm in Wales.'],
  ['D1:2', 'Grace', 'I am learning to play the cello.'],
  ['D1:3', 'Ada', 'Look at this!', 'a goat that stands on a red tractor'],
  ['D1:4', 'Grace', 'Wonderful.'],
  ['D1:5', 'Ada', 'Wonderful.'],
].map(([dia_id, speaker, text, caption]) => ({
  conversation: 'first',
  session: 1,
  dia_id,
  speaker,
  datetime: '2025-03-01T10:15',
  text,
  caption,
}))

const otherTurns = ['user', 'assistant'].map((speaker, index) => ({
  conversation: 'second',
  session: 1,
  dia_id: String(index),
  speaker,
  datetime: '2025-03-02T00:00',
  text:
    index === 0 ? 'We deploy the billing service on Fridays.' : 'Noted: deployments on Fridays.',
}))

const questions = [
  ['first', 'What instrument does Grace learn to play?', 'single-hop', ['D1:2']],
  ['first', 'What did the goat stand on?', 'multi-hop', ['D1:3', 'D1:1']],
  ['first', 'What instrument does Ada learn?', 'adversarial', ['D1:2']],
  ['second', 'When do we deploy the billing service?', 'information_extraction', ['0']],
  ['second', 'Quokka xylophone zephyr?', 'abstention', []],
].map(([conversation, question, category, evidence], index) => ({
  id: `q${index}`,
  conversation,
  question,
  category,
  evidence,
  answer: '-',
}))

/** Rows as JSON, one a line. */
export const toLines = (rows: readonly object[]) =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('')

/** Both files of a small data set of two conversations. */
export const SAMPLE = {
  'memories.jsonl': toLines([...turns, ...otherTurns]),
  'questions.jsonl': toLines(questions),
}

/** Vectors as they stand in `embeddings.f32`. */
export const toFloats = (rows: readonly (readonly number[])[]): Buffer => {
  const values = rows.flat()
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, at) => bytes.writeFloatLE(value, at * 4))
  return bytes
}

/** Writes a data set into a folder of its own, for the time of `work`. */
export const withData = async <T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (folder: string) => Promise<T>,
): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'athena-data-'))
  try {
    for (const [name, content] of Object.entries(files))
      await writeFile(join(folder, name), content)
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}
