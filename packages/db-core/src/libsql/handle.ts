import { type NativeConnection, openNative } from './native.ts'

/** One connection that keeps its settings when it has to be replaced. */
export interface Handle {
  /** The connection, opened anew where it was thrown away, with its settings applied. */
  connect(): NativeConnection
  /** Throws the connection away; the next `connect` opens another. */
  replace(): void
  close(): void
}

/** Opens one connection to the file at `path`, for which the SQL of `settings` holds once it is used. */
export const openHandle = (path: string, settings: string): Handle => {
  let native: NativeConnection | undefined = openNative(path)
  let isConfigured = false

  const close = () => {
    native?.close()
    native = undefined
    isConfigured = false
  }

  return {
    connect() {
      native ??= openNative(path)
      if (!isConfigured) native.run(settings)
      isConfigured = true
      return native
    },
    replace: close,
    close,
  }
}
