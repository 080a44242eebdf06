import { createHmac } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from 'ssh2'
import { type BankCustomer, DIRECTORIES, openBankCustomer } from './bank-customer.ts'
import { type BankHostKey, openBankHostKey } from './bank-host-key.ts'
import type { SftpServing } from './sftp-requests.ts'
import { cut, fingerprintOfKey, startSftpServer } from './sftp-server.ts'
import { uploadTrouble } from './upload-trouble.ts'

/** How a customer gets in, and what they find there. */
export interface SandboxLogin {
  host: string
  port: number
  username: string
  password: string
  hostKeyFingerprint: string
  uploadDirectory: string
  acknowledgementDirectory: string
  returnDirectory: string
  processedDirectory: string
}

/**
 * A bank on this machine. Every customer has a login and folders of their own: it takes files by SFTP in `/inbox`,
 * answers each in `/outbox`, and puts returns and notifications of change into `/returns`.
 */
export interface SandboxBank {
  port: number
  /** Of the key it presents now. */
  fingerprint(): string
  /** Everybody whose name is allowed is a customer: letters, digits, `_` and `-`, such as the id of an organization. */
  loginOf(username: string): SandboxLogin
  /** `null` for a name that is not allowed. */
  customer(username: string): Promise<BankCustomer | null>
  customers(): Promise<string[]>
  /** Puts out everything that is due. */
  catchUp(): Promise<void>
  changeHostKey(): Promise<void>
  stop(): Promise<void>
}

export interface SandboxBankOptions {
  /** Where the customers' folders lie. */
  folder: string
  host: string
  port: number
  /** Made at the first start, readable by this user only. Passwords come from it, so they stay the same as well. */
  hostKeyFile: string
  /** The bank's clock. */
  now(): Date
}

const NAME = /^[A-Za-z0-9_-]{1,40}$/
const LOOK_MS = 5_000

/** The customers' folders, each opened once. */
function bankCustomers({ folder, now }: SandboxBankOptions) {
  const opened = new Map<string, Promise<BankCustomer>>()
  const names = () => readdir(folder)
  async function customer(username: string): Promise<BankCustomer | null> {
    if (!NAME.test(username)) return null
    const known = opened.get(username) ?? openBankCustomer(join(folder, username), now)
    opened.set(username, known)
    return known
  }
  async function catchUp(): Promise<void> {
    for (const one of opened.values()) await (await one).catchUp()
  }
  return {
    customer,
    customers: names,
    catchUp,
    async openAll() {
      for (const name of await names()) await customer(name)
      await catchUp()
    },
  }
}

export async function startSandboxBank(options: SandboxBankOptions): Promise<SandboxBank> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 })
  const hostKey = await openBankHostKey(options.hostKeyFile)
  const { openAll, ...counter } = bankCustomers(options)
  const passwordOf = (username: string) =>
    createHmac('sha256', hostKey.first).update(`password of ${username}`).digest('base64url')
  const server = await startSftpServer({
    host: options.host,
    port: options.port,
    hostKey: () => hostKey.current(),
    accountOf(username) {
      if (!NAME.test(username)) return null
      const serve = async (connection: Connection) => {
        const customer = await counter.customer(username)
        if (customer === null) throw new Error('This name is not allowed.')
        return serving(customer, options.now, hostKey, () => cut(connection))
      }
      return { password: passwordOf(username), serve }
    },
  })
  await openAll()
  const looking = setInterval(() => void counter.catchUp().catch(() => undefined), LOOK_MS).unref()
  const fingerprint = () => fingerprintOfKey(hostKey.current())
  return {
    ...counter,
    port: server.port,
    fingerprint,
    changeHostKey: () => hostKey.change(),
    loginOf: (username) => ({
      host: options.host,
      port: server.port,
      username,
      password: passwordOf(username),
      hostKeyFingerprint: fingerprint(),
      uploadDirectory: `/${DIRECTORIES.inbox}`,
      acknowledgementDirectory: `/${DIRECTORIES.outbox}`,
      returnDirectory: `/${DIRECTORIES.returns}`,
      processedDirectory: `/${DIRECTORIES.processed}`,
    }),
    async stop() {
      clearInterval(looking)
      await server.stop()
      await counter.catchUp()
    },
  }
}

/** What one connection of a customer finds. */
function serving(customer: BankCustomer, now: () => Date, hostKey: BankHostKey, cutIt: () => void): SftpServing {
  const { folder, book, save } = customer
  async function placed(path: string): Promise<void> {
    const [, directory, name] = path.split('/')
    if (directory !== DIRECTORIES.inbox || name === undefined) return
    if ((await customer.receive(name)) === 'newHostKey') await hostKey.change()
  }
  return {
    folder,
    between: uploadTrouble({ now, troubles: book.troubles, save, cut: cutIt }),
    onPlaced: (path) => void placed(path).catch(() => undefined),
  }
}
