import type { ConnectionTest, OpenPgpKey } from '@fistworks/contract'
import { type Bank, type BankSession, type BankSettings, remotePath } from './bank.ts'
import { BankFault, type BankFaultCode } from './bank-fault.ts'
import { OpenPgpKeyRefused, readBankKey } from './open-pgp.ts'

type Step = ConnectionTest['steps'][number]

const CONNECTING = [
  ['address', 'The host may be contacted.'],
  ['connect', 'The server answers.'],
  ['algorithms', 'Both sides agree on encryption that is safe.'],
  ['hostKey', 'The server owns one of the confirmed keys.'],
  ['authenticate', 'The bank accepts the login.'],
] as const

const FAILS_AT: Partial<Record<BankFaultCode, (typeof CONNECTING)[number][0]>> = {
  addressUnknown: 'address',
  addressRefused: 'address',
  portRefused: 'address',
  noCommonCipher: 'algorithms',
  legacyEnded: 'algorithms',
  hostKeyChanged: 'hostKey',
  badLogin: 'authenticate',
  badPrivateKey: 'authenticate',
  noFileTransfer: 'authenticate',
}

const NOT_TRIED = 'Not tried, because a step before it failed.'

/** What is tried beside the connection itself. */
export interface Tried {
  uploadDirectory: string
  acknowledgementDirectory: string | null
  returnDirectory?: string | null
  processedDirectory?: string | null
  encryption?: { publicKeys: readonly OpenPgpKey[] } | null
  /** The name under which an empty file is put and removed again; `null` for no such thing. */
  probeName?: string | null
  now: Date
}

/** Tries a connection step by step and says in words how far it comes. Nothing stays at the bank. */
export async function testConnection(
  bank: Bank,
  settings: BankSettings,
  tried: Tried,
): Promise<{ passed: boolean; steps: Step[] }> {
  const { uploadDirectory, acknowledgementDirectory, returnDirectory, processedDirectory, encryption } = tried
  const steps: Step[] = []
  const session = await connect(bank, settings, steps)
  const add = async (step: Step['step'], work: (session: BankSession) => Promise<string>) => {
    steps.push(session === null ? { step, outcome: 'skipped', detail: NOT_TRIED } : await attempt(step, session, work))
  }
  try {
    await add('uploadDirectory', (open) => stands(open, uploadDirectory))
    if (tried.probeName) {
      const path = remotePath(uploadDirectory, tried.probeName)
      await add('writeProbe', (open) => probe(open, path))
    }
    if (acknowledgementDirectory === null) {
      steps.push({ step: 'acknowledgementDirectory', outcome: 'skipped', detail: 'No directory is set.' })
    } else await add('acknowledgementDirectory', (open) => isReadable(open, acknowledgementDirectory))
    if (returnDirectory) await add('returnDirectory', (open) => isReadable(open, returnDirectory))
    if (processedDirectory) await add('processedDirectory', (open) => stands(open, processedDirectory))
  } finally {
    await session?.close()
  }
  if (encryption) steps.push(await lookAtKeys(encryption.publicKeys, tried.now))
  return { passed: steps.every(({ outcome }) => outcome !== 'failed'), steps }
}

async function connect(bank: Bank, settings: BankSettings, steps: Step[]): Promise<BankSession | null> {
  try {
    const session = await bank.connect(settings)
    for (const [step, detail] of CONNECTING) {
      steps.push({ step, outcome: 'passed', detail: step === 'algorithms' ? agreedWords(session, detail) : detail })
    }
    return session
  } catch (fault) {
    if (!(fault instanceof BankFault)) throw fault
    const failed = FAILS_AT[fault.code] ?? 'connect'
    const at = CONNECTING.findIndex(([step]) => step === failed)
    for (const [index, [step, detail]] of CONNECTING.entries()) {
      if (index < at) steps.push({ step, outcome: 'passed', detail })
      else if (index === at) steps.push({ step, outcome: 'failed', detail: fault.message })
      else steps.push({ step, outcome: 'skipped', detail: NOT_TRIED })
    }
    return null
  }
}

function agreedWords({ algorithms }: BankSession, detail: string): string {
  if (algorithms === undefined) return detail
  const { names, legacy } = algorithms
  if (legacy.length === 0) return `${detail} In use: ${names.join(', ')}.`
  return `Old algorithms are in use (${legacy.join(', ')}), which are allowed for a limited time only. In use: ${names.join(', ')}.`
}

async function attempt(
  step: Step['step'],
  session: BankSession,
  work: (session: BankSession) => Promise<string>,
): Promise<Step> {
  try {
    return { step, outcome: 'passed', detail: await work(session) }
  } catch (fault) {
    if (!(fault instanceof BankFault)) throw fault
    return { step, outcome: 'failed', detail: fault.message }
  }
}

async function stands(session: BankSession, path: string): Promise<string> {
  const found = await session.stat(path)
  if (!found?.isDirectory) throw new BankFault('directoryMissing')
  return 'The directory is there.'
}

async function isReadable(session: BankSession, path: string): Promise<string> {
  await stands(session, path)
  await session.listFiles(path, 1)
  return 'The directory is there and can be read.'
}

async function probe(session: BankSession, path: string): Promise<string> {
  await session.uploadExclusive(path, new Uint8Array())
  await session.remove(path)
  return 'An empty file could be put there and removed again.'
}

async function lookAtKeys(keys: readonly OpenPgpKey[], now: Date): Promise<Step> {
  try {
    const ends: string[] = []
    for (const { publicKey, fingerprint } of keys) {
      const { expiresAt } = await readBankKey(publicKey, now)
      ends.push(`${fingerprint.slice(-16)} ${expiresAt === null ? 'never ends' : `ends on ${expiresAt.slice(0, 10)}`}`)
    }
    return { step: 'encryption', outcome: 'passed', detail: `The bank’s keys can be used: ${ends.join('; ')}.` }
  } catch (refusal) {
    if (!(refusal instanceof OpenPgpKeyRefused)) throw refusal
    return { step: 'encryption', outcome: 'failed', detail: `A key of the bank ${refusal.message}.` }
  }
}
