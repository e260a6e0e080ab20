import { bindOperations, createRegistry } from '@athena-memory/operations'
import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { semanticOperations } from '../src/operations/semantic-operations.ts'
import { openSemantic } from './open-semantic.ts'

const secret = 'zebrafinch'

describeEachBackend('errors', (database) => {
  it('never hold anything of a memory in their messages', async () => {
    const { store, projectId } = await openSemantic(database())
    const memory = { projectId, content: `The ${secret} sings`, source: secret, tags: [secret] }
    const { memory: old } = await store.remember(memory)
    const next = await store.supersede(old.id, { content: `The ${secret} moved`, reason: secret })
    const currentId = next?.memory.id ?? ''
    const calls = [
      () => store.remember({ ...memory, projectId: 'none' }),
      () => store.remember({ ...memory, content: secret, confidence: 7 }),
      () => store.remember({ ...memory, content: secret.repeat(200_000) }),
      () => store.rememberMany([memory, { ...memory, content: '' }]),
      () => store.supersede(old.id, { content: secret }),
      () => store.supersede(currentId, { content: `The ${secret} moved` }),
      () => store.supersede(currentId, { content: secret, confidence: -1 }),
      () => store.update(currentId, { source: secret, confidence: -1 }),
      () => store.list({ projectId, cursor: secret }),
      () => store.setConsolidationState([currentId], 'labile'),
    ]
    const { call } = createRegistry(bindOperations(store, semanticOperations))
    const wire = [
      ['semantic.remember', { projectId: 'none', content: secret }],
      ['semantic.remember', { projectId, content: secret, memoryType: secret }],
      ['semantic.remember', { projectId, content: secret, [`x${secret.length}`]: secret }],
      ['semantic.update', { id: currentId, validUntil: secret }],
      ['semantic.list', { projectId, sort: secret }],
      ['semantic.supersede', { id: old.id, content: secret }],
    ] as const
    const all = [
      ...calls,
      ...wire.map(
        ([name, input]) =>
          () =>
            call(name, input),
      ),
    ]
    for (const [index, attempt] of all.entries()) {
      const error: unknown = await attempt().then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      // A driver's own error, the cause, may hold what was written; no message shows it.
      const message = error instanceof Error ? error.message : `attempt ${index} was no error`
      expect(message).toMatch(/^(Storage:|invalid input|semantic\.)/)
      expect(message).not.toContain(secret)
    }
  })
})
