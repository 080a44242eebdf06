import type { ConnectionTest } from '@fistworks/contract'
import type { Bank, BankSession, BankSettings } from './bank.ts'
import { BankFault, type BankFaultCode } from './bank-fault.ts'

type Step = ConnectionTest['steps'][number]

const CONNECTING = [
  ['address', 'The host may be contacted.'],
  ['connect', 'The server answers.'],
  ['hostKey', 'The server owns one of the confirmed keys.'],
  ['authenticate', 'The bank accepts the login.'],
] as const

const FAILS_AT: Partial<Record<BankFaultCode, (typeof CONNECTING)[number][0]>> = {
  addressUnknown: 'address',
  addressRefused: 'address',
  portRefused: 'address',
  hostKeyChanged: 'hostKey',
  badLogin: 'authenticate',
  badPrivateKey: 'authenticate',
  noFileTransfer: 'authenticate',
}

const NOT_TRIED = 'Not tried, because a step before it failed.'

/** Tries a connection step by step and says in words how far it comes. Nothing is changed at the bank. */
export async function testConnection(
  bank: Bank,
  settings: BankSettings,
  directories: { uploadDirectory: string; acknowledgementDirectory: string | null },
): Promise<{ passed: boolean; steps: Step[] }> {
  const steps: Step[] = []
  const session = await connect(bank, settings, steps)
  try {
    steps.push(await lookInto(session, 'uploadDirectory', directories.uploadDirectory))
    steps.push(await lookInto(session, 'acknowledgementDirectory', directories.acknowledgementDirectory))
  } finally {
    await session?.close()
  }
  return { passed: steps.every(({ outcome }) => outcome !== 'failed'), steps }
}

async function connect(bank: Bank, settings: BankSettings, steps: Step[]): Promise<BankSession | null> {
  try {
    const session = await bank.connect(settings)
    for (const [step, detail] of CONNECTING) steps.push({ step, outcome: 'passed', detail })
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

async function lookInto(session: BankSession | null, step: Step['step'], path: string | null): Promise<Step> {
  if (path === null) return { step, outcome: 'skipped', detail: 'No directory is set.' }
  if (session === null) return { step, outcome: 'skipped', detail: NOT_TRIED }
  try {
    const found = await session.stat(path)
    if (found?.isDirectory) return { step, outcome: 'passed', detail: 'The directory is there.' }
    return { step, outcome: 'failed', detail: new BankFault('directoryMissing').message }
  } catch (fault) {
    if (!(fault instanceof BankFault)) throw fault
    return { step, outcome: 'failed', detail: fault.message }
  }
}
