/** Keeps the key that wraps all other keys. The wrapping key never leaves it. */
export interface KeyProvider {
  id: 'local-file' | 'azure-key-vault'
  /** Id of the wrapping key in use, its version included. */
  currentKek(): Promise<string>
  /** @param binding what the key is for; it unwraps only with the same binding */
  wrap(dek: Uint8Array, binding: Uint8Array): Promise<{ wrapped: Uint8Array; kekId: string }>
  /** @throws KeyUnavailable when the key is not here or the wrapped bytes or binding are not the ones wrapped */
  unwrap(wrapped: Uint8Array, kekId: string, binding: Uint8Array): Promise<Uint8Array>
}

/** The key provider cannot give the key now, or ever. Nothing falls back to clear text. */
export class KeyUnavailable extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'KeyUnavailable'
  }
}
