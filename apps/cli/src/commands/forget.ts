import type { Shortcut } from './shortcut.ts'

/** `athena forget ID`. An unknown id is a failure, though the receipt is printed all the same. */
export const forget: Shortcut = {
  name: 'forget',
  summary: 'erase a memory for good',
  operation: 'memory.forget',
  operand: { argument: 'id', name: 'id', meaning: 'id of the memory, as recall shows it' },
  examples: ['athena forget 0199d1a2-7c3e-7b40-9a53-0d8f6f2c1e77'],
  async toOutcome(value) {
    const { renderReceipt } = await import('../terminal/render-receipt.ts')
    return {
      value,
      text: (terminal) => renderReceipt(terminal, value),
      isFailure: value['forgotten'] !== true,
    }
  },
}
