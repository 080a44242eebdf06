import type { Algorithms, ServerHostKeyAlgorithm } from 'ssh2'

/** Nothing with SHA-1, CBC or MD5; the library's own defaults still offer some of these. */
const SAFE = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group14-sha256',
  ],
  serverHostKey: ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'rsa-sha2-512', 'rsa-sha2-256'],
  cipher: ['aes256-gcm@openssh.com', 'aes128-gcm@openssh.com', 'aes256-ctr'],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
} satisfies Algorithms

/** All that a bank with old software is allowed, for a time; never group 1, CBC or MD5. The safe ones come first. */
const LEGACY = {
  kex: 'diffie-hellman-group14-sha1',
  serverHostKey: 'ssh-rsa',
  hmac: 'hmac-sha1',
} as const

const LEGACY_NAMES: readonly string[] = Object.values(LEGACY)

const HOST_KEY_KINDS: readonly ServerHostKeyAlgorithm[][] = [
  ['ecdsa-sha2-nistp256'],
  ['rsa-sha2-512', 'rsa-sha2-256'],
  ['ssh-ed25519'],
]

export function algorithmsOf(isLegacyAllowed: boolean): Algorithms {
  if (!isLegacyAllowed) return SAFE
  return {
    ...SAFE,
    kex: [...SAFE.kex, LEGACY.kex],
    serverHostKey: [...SAFE.serverHostKey, LEGACY.serverHostKey],
    hmac: [...SAFE.hmac, LEGACY.hmac],
  }
}

/** Kinds of host keys to be asked for one by one. */
export function hostKeyKinds(isLegacyAllowed: boolean): readonly ServerHostKeyAlgorithm[][] {
  return isLegacyAllowed ? [...HOST_KEY_KINDS, [LEGACY.serverHostKey]] : HOST_KEY_KINDS
}

/** What both sides agreed on. */
export interface AgreedAlgorithms {
  names: readonly string[]
  /** Those of them that are no longer safe. */
  legacy: readonly string[]
}

interface Direction {
  cipher: string
  mac: string
}

/** From what the library tells once keys are exchanged. The ciphers that vouch for themselves need no MAC. */
export function agreedAlgorithms(told: {
  kex: string
  srvHostKey?: string
  serverHostKey?: string
  cs: Direction
  sc: Direction
}): AgreedAlgorithms {
  const hostKey = told.serverHostKey ?? told.srvHostKey ?? ''
  const names = [told.kex, hostKey, told.cs.cipher, told.cs.mac, told.sc.cipher, told.sc.mac].filter(
    (name) => name !== '',
  )
  const each = [...new Set(names)]
  return { names: each, legacy: each.filter((name) => LEGACY_NAMES.includes(name)) }
}
