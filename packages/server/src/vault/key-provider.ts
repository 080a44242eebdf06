/** Keeps the key that wraps all other keys. The wrapping key never leaves it. */
export interface KeyProvider {
  id: 'local-file' | 'azure-key-vault'
  /** Id of the wrapping key in use, its version included. */
  currentKek(): Promise<string>
  /**
   * The wrapping key to use from now on, for a rotation: a new one where making it is up to us (the local file),
   * otherwise the newest there is. Older ones go on unwrapping.
   */
  renewKek(): Promise<string>
  /** @param binding what the key is for; it unwraps only with the same binding */
  wrap(dek: Uint8Array, binding: Uint8Array): Promise<{ wrapped: Uint8Array; kekId: string }>
  /** @throws KeyUnavailable when the key is not here or the wrapped bytes or binding are not the ones wrapped */
  unwrap(wrapped: Uint8Array, kekId: string, binding: Uint8Array): Promise<Uint8Array>
}

/** The key provider cannot give the key now, or ever. Nothing falls back to clear text. */
export class KeyUnavailable extends Error {
  /** Set when it is known when asking again makes sense. */
  readonly retryAfterSeconds: number | undefined

  constructor(message: string, options?: { cause?: unknown; retryAfterSeconds?: number | undefined }) {
    super(message, options)
    this.name = 'KeyUnavailable'
    this.retryAfterSeconds = options?.retryAfterSeconds
  }
}
