import { utils } from './ssh2.ts'

export interface KeyPair {
  /** OpenSSH form. */
  private: string
  public: string
}

/**
 * Makes a key pair. ssh2 drops a leading zero byte of an ed25519 key, so that one pair in about two hundred cannot be
 * read again: such a pair is thrown away.
 * @param passphrase what `make` sealed the private half with, if it did
 */
export function makeKeyPair(
  make: () => KeyPair = () => utils.generateKeyPairSync('ed25519'),
  passphrase?: string,
): KeyPair {
  for (;;) {
    const pair = make()
    if (!(utils.parseKey(pair.private, passphrase) instanceof Error)) return pair
  }
}
