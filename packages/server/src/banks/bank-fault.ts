/**
 * Everything that can go wrong at a bank, in one table: whether another try may help, and the sentence a treasurer reads.
 * What the bank's server itself says is never repeated: it may hold names and paths.
 */
export const BANK_FAULTS = {
  addressUnknown: {
    transient: true,
    words: 'The name of the bank’s server is not known on the internet. Check the host for a typing error.',
  },
  addressRefused: {
    transient: false,
    words: 'The bank’s host is not a public internet address, so it may not be contacted.',
  },
  portRefused: {
    transient: false,
    words: 'This port may not be contacted. Banks take files on port 22 or on one the operator has allowed.',
  },
  unreachable: {
    transient: true,
    words:
      'The bank’s server does not answer at this address and port. Check both, or ask the bank whether it lets our address in.',
  },
  timedOut: { transient: true, words: 'The bank’s server took too long to answer.' },
  connectionLost: { transient: true, words: 'The connection to the bank was lost.' },
  hostKeyChanged: {
    transient: false,
    words:
      'The bank’s server identifies itself with another key than the one that was confirmed. Nothing was sent. Ask the bank whether it changed its key before you accept the new one.',
  },
  noCommonCipher: {
    transient: false,
    words:
      'The bank’s server offers only encryption that is no longer safe. Ask the bank for new software, or allow old algorithms for a limited time at the bank connection.',
  },
  legacyEnded: {
    transient: false,
    words:
      'The bank’s server offers only old encryption. It was accepted for a limited time, and that time is over. Ask the bank for new software, or allow old algorithms for another while.',
  },
  badLogin: { transient: false, words: 'The bank refused the login. Check the user name and the password or key.' },
  badPrivateKey: { transient: false, words: 'The private key cannot be read. Check the key and its passphrase.' },
  noFileTransfer: {
    transient: false,
    words: 'The login works, but the bank does not let this user transfer files (SFTP). Ask the bank to allow it.',
  },
  noPermission: {
    transient: false,
    words:
      'The bank does not let this user do that in this directory. Check the directory at the bank connection, or ask the bank for the right.',
  },
  directoryMissing: {
    transient: false,
    words: 'The directory does not exist at the bank. Check how it is written at the bank connection, or ask the bank.',
  },
  fileMissing: { transient: true, words: 'The file is no longer where it was put at the bank.' },
  nameExists: { transient: true, words: 'The bank already has a file with this name.' },
  diskFull: {
    transient: false,
    words:
      'The bank’s server could not store the file: its disk, or the space it gives us, is full. Ask the bank to make room, then try again.',
  },
  damaged: { transient: true, words: 'The file did not arrive whole at the bank.' },
  tooLarge: { transient: false, words: 'A file at the bank is larger than it can be.' },
  refused: { transient: true, words: 'The bank’s server refused without saying why.' },
} as const satisfies Record<string, { transient: boolean; words: string }>

export type BankFaultCode = keyof typeof BANK_FAULTS

/** A fault at the bank. `reason` is a technical word such as `ECONNREFUSED` or `SFTP status 4`, for the operator. */
export class BankFault extends Error {
  readonly code: BankFaultCode
  readonly reason: string | undefined

  constructor(code: BankFaultCode, reason?: string) {
    super(BANK_FAULTS[code].words)
    this.name = 'BankFault'
    this.code = code
    this.reason = reason
  }

  /** Another try may help. */
  get isTransient(): boolean {
    return BANK_FAULTS[this.code].transient
  }

  /**
   * The bank may have done what was asked although we have no answer. Every other fault is the bank's own "no",
   * or came before anything was asked.
   */
  get isAmbiguous(): boolean {
    return this.code === 'connectionLost' || this.code === 'timedOut'
  }
}

export function isFault(fault: unknown, code: BankFaultCode): boolean {
  return fault instanceof BankFault && fault.code === code
}
