/** Aborted when the process that started this one asks it to finish. */
export const stopSignal = (): AbortSignal => {
  const controller = new AbortController()
  process.once('message', () => controller.abort())
  return controller.signal
}
