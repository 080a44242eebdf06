import { connect as connectSocket, type Socket } from 'node:net'
import type { Algorithms, ConnectConfig, ServerHostKeyAlgorithm, SFTPWrapper, Client as SshClient } from 'ssh2'
import { type AddressPolicy, checkedAddress, type Lookup } from './address-guard.ts'
import { type AgreedAlgorithms, agreedAlgorithms, algorithmsOf, hostKeyKinds } from './algorithms.ts'
import type { Bank, BankSession, BankSettings } from './bank.ts'
import { BankFault, isFault } from './bank-fault.ts'
import { algorithmOf, fingerprintOf, isPinned } from './host-key.ts'
import { BANK_LIMITS, type BankLimits, createSftpSession } from './sftp-session.ts'
import { Client, utils } from './ssh2.ts'

export interface SftpBankOptions {
  addresses: AddressPolicy
  /** Replaces the system's resolver. */
  resolve?: Lookup
  limits?: BankLimits
  /** The process's own unless told: allowed old algorithms come to an end. */
  now?: () => Date
}

/** Banks by SFTP. The address is judged again at each connection, the host key must be pinned. */
export function createSftpBank(options: SftpBankOptions): Bank {
  return {
    async connect(settings) {
      if (settings.hostKeyFingerprints.length === 0) throw new BankFault('hostKeyChanged', 'no pinned key')
      if (settings.hostKeyRefusedAt) throw new BankFault('hostKeyChanged', 'not confirmed anew')
      const until = settings.legacyAlgorithmsUntil ?? null
      const isLegacyAllowed = until !== null && Date.parse(until) > (options.now?.() ?? new Date()).getTime()
      const algorithms = algorithmsOf(isLegacyAllowed)
      try {
        return await connectWith(algorithms, settings, options)
      } catch (fault) {
        if (isFault(fault, 'noCommonCipher') && until !== null && !isLegacyAllowed) throw new BankFault('legacyEnded')
        if (!isFault(fault, 'hostKeyChanged')) throw fault
        return connectByOtherKey({ algorithms, kinds: hostKeyKinds(isLegacyAllowed) }, settings, options, fault)
      }
    },
  }
}

async function connectWith(algorithms: Algorithms, settings: BankSettings, options: SftpBankOptions) {
  const socket = await openSocket(settings.host, settings.port, options)
  return login(socket, algorithms, settings, options.limits ?? BANK_LIMITS)
}

/**
 * A server with keys of several kinds shows the one we prefer, and the bank's letter may name another. So each kind is
 * asked for by itself before the connection is refused; the key must be pinned all the same.
 */
async function connectByOtherKey(
  { algorithms, kinds }: { algorithms: Algorithms; kinds: readonly ServerHostKeyAlgorithm[][] },
  settings: BankSettings,
  options: SftpBankOptions,
  refusal: unknown,
) {
  for (const serverHostKey of kinds) {
    try {
      return await connectWith({ ...algorithms, serverHostKey }, settings, options)
    } catch (fault) {
      if (!isFault(fault, 'hostKeyChanged') && !isFault(fault, 'noCommonCipher')) throw fault
    }
  }
  throw refusal
}

/** What the server at this address presents; also one that speaks old algorithms only. No login is tried. */
export async function scanHostKey(
  host: string,
  port: number,
  options: SftpBankOptions,
): Promise<{ algorithm: string; fingerprint: string }> {
  const socket = await openSocket(host, port, options)
  const ssh = new Client()
  const limits = options.limits ?? BANK_LIMITS
  try {
    const key = await within(limits.readyMs, (resolve: (key: Buffer) => void, reject) => {
      ssh.on('error', (error) => reject(connectionFault(error)))
      ssh.on('close', () => reject(new BankFault('connectionLost')))
      startHandshake(
        ssh,
        socket,
        { username: 'host-key-scan', algorithms: algorithmsOf(true) },
        limits,
        (presented) => {
          resolve(presented)
          return false
        },
      )
    })
    return { algorithm: algorithmOf(key), fingerprint: fingerprintOf(key) }
  } finally {
    ssh.on('error', ignoreLateError)
    ssh.destroy()
    socket.destroy()
  }
}

async function openSocket(host: string, port: number, options: SftpBankOptions): Promise<Socket> {
  const { connectMs } = options.limits ?? BANK_LIMITS
  const address = await within(connectMs, (resolve: (address: string) => void, reject) => {
    checkedAddress(host, port, options.addresses, options.resolve).then(resolve, reject)
  })
  const socket = connectSocket({ host: address, port, noDelay: true })
  try {
    await within(connectMs, (resolve: (_: void) => void, reject) => {
      socket.once('connect', resolve)
      socket.once('error', (error) => reject(new BankFault('unreachable', codeOf(error))))
    })
  } catch (fault) {
    socket.on('error', ignoreLateError)
    socket.destroy()
    throw fault
  }
  return socket
}

async function login(
  socket: Socket,
  algorithms: Algorithms,
  settings: BankSettings,
  limits: BankLimits,
): Promise<BankSession> {
  const ssh = new Client()
  let hostKeyFingerprint = ''
  let agreed: AgreedAlgorithms = { names: [], legacy: [] }
  ssh.on('handshake', (told) => (agreed = agreedAlgorithms(told)))
  try {
    const sftp = await within(limits.readyMs, (resolve: (sftp: SFTPWrapper) => void, reject) => {
      ssh.on('error', (error) => reject(connectionFault(error)))
      ssh.on('close', () => reject(new BankFault('connectionLost')))
      ssh.on('ready', () => {
        ssh.sftp((error, opened) => (error ? reject(new BankFault('noFileTransfer')) : resolve(opened)))
      })
      startHandshake(ssh, socket, { ...credentialsOf(settings), algorithms }, limits, (key) => {
        hostKeyFingerprint = fingerprintOf(key)
        const isKnown = isPinned(hostKeyFingerprint, settings.hostKeyFingerprints)
        if (!isKnown) reject(new BankFault('hostKeyChanged'))
        return isKnown
      })
    })
    return { ...createSftpSession(ssh, sftp, hostKeyFingerprint, limits), algorithms: agreed }
  } catch (fault) {
    ssh.on('error', ignoreLateError)
    ssh.destroy()
    socket.destroy()
    throw fault
  }
}

function startHandshake(
  ssh: SshClient,
  socket: Socket,
  login: ConnectConfig,
  limits: BankLimits,
  verify: (key: Buffer) => boolean,
): void {
  ssh.connect({
    ...login,
    sock: socket,
    readyTimeout: limits.readyMs,
    keepaliveInterval: limits.keepAliveMs,
    keepaliveCountMax: limits.keepAliveCount,
    hostVerifier: verify,
  })
}

function credentialsOf({ username, authentication }: BankSettings): ConnectConfig {
  if (authentication.method === 'password') {
    return { username, password: authentication.password.reveal(), authHandler: ['password'] }
  }
  const privateKey = authentication.privateKey.reveal()
  const passphrase = authentication.passphrase?.reveal()
  if (!isPrivateKeyReadable(privateKey, passphrase)) throw new BankFault('badPrivateKey')
  return { username, privateKey, authHandler: ['publickey'], ...(passphrase === undefined ? {} : { passphrase }) }
}

function connectionFault(error: Error & { level?: string }): BankFault {
  if (error.level === 'client-authentication') return new BankFault('badLogin')
  if (error.level === 'client-timeout') return new BankFault('timedOut')
  if (error.level === 'handshake' && /no matching/i.test(error.message)) return new BankFault('noCommonCipher')
  return new BankFault('connectionLost', codeOf(error))
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function within<T>(
  limitMs: number,
  start: (resolve: (value: T) => void, reject: (fault: unknown) => void) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new BankFault('timedOut')), limitMs)
    const done = () => clearTimeout(timer)
    try {
      start(
        (value) => (done(), resolve(value)),
        (fault) => (done(), reject(fault)),
      )
    } catch (fault) {
      done()
      reject(fault)
    }
  })
}

/** Banks reset connections that are being closed; that is no fault. */
function ignoreLateError(): void {}

/** Whether the key can be used with this passphrase. */
export function isPrivateKeyReadable(privateKey: string, passphrase: string | undefined): boolean {
  const parsed = utils.parseKey(privateKey, passphrase)
  const key = Array.isArray(parsed) ? parsed[0] : parsed
  return key !== undefined && !(key instanceof Error) && key.isPrivateKey()
}
