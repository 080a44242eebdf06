import { type AccountType, type CorrectionChange, lastDigits, RecipientUpdate } from '@fistworks/contract'
import { changeCode, parseCorrectedData } from '@fistworks/nacha'
import * as z from 'zod/mini'
import type { BankAnswer } from '../inbound-files/bank-answer.ts'
import { routingNumberOf } from '../returns/differences.ts'

/** What a recipient should be. Numbers are in clear: seal it at once. */
export interface Corrected {
  routingNumber?: string
  accountNumber?: string
  accountType?: AccountType
  name?: string
  identification?: string
}

export type CorrectionReading =
  | { kind: 'readable'; corrected: Corrected; changes: CorrectionChange[]; isExact: boolean }
  | { kind: 'unreadable'; problem: string }
  /** Nothing of a recipient is changed by it. */
  | { kind: 'notForUs'; problem: string }

const NOT_FOR_RECIPIENTS: Readonly<Record<string, string>> = {
  C08: 'It is about the bank of an international payment: tell your bank.',
  C13: 'It is about the form of the addenda. Mend that before the next payment.',
  C14: 'It says that the payment goes abroad: ask your bank how to send it.',
}
const NOT_EXACT =
  'The bank did not keep to the positions of its code, so the values were found by the blanks between them. Compare them with what the recipient says before you apply them.'

/** Reads what a notification of change asks for, beside what was paid. */
export function readCorrection(answer: BankAnswer): CorrectionReading {
  if (answer.category === 'refusedNoc') {
    return { kind: 'notForUs', problem: 'The bank refuses a notification of change: this is between the banks.' }
  }
  const other = NOT_FOR_RECIPIENTS[answer.code]
  if (other !== undefined) return { kind: 'notForUs', problem: other }
  if (changeCode(answer.code) === null) {
    return { kind: 'unreadable', problem: 'The change code is not one of the network: ask your bank what it means.' }
  }
  const reading = parseCorrectedData(answer.code, answer.correctedData, { isIat: answer.isIat })
  if (!reading.ok) {
    return { kind: 'unreadable', problem: `${reading.problem.message}. Ask the recipient or your bank what is right.` }
  }
  const data = reading.data as Partial<Record<string, string | number>>
  const corrected = correctedOf(answer, data)
  if (corrected === null) {
    return { kind: 'unreadable', problem: 'The corrected kind of account is neither checking nor savings.' }
  }
  if (!z.safeParse(RecipientUpdate, corrected).success) {
    return { kind: 'unreadable', problem: 'The corrected values are not ones that a recipient can have.' }
  }
  return {
    kind: 'readable',
    corrected,
    changes: changesOf(answer, data, corrected),
    isExact: reading.readBy === 'positions',
  }
}

/** What to look at before a readable correction is applied. */
export function doubtOf(reading: CorrectionReading): string | null {
  if (reading.kind !== 'readable') return reading.problem
  return reading.isExact ? null : NOT_EXACT
}

/** Half an account is a wrong account: what the bank does not correct is what was paid. */
function correctedOf(answer: BankAnswer, data: Partial<Record<string, string | number>>): Corrected | null {
  const corrected: Corrected = {}
  const { routingNumber, accountNumber, transactionCode, individualName, identification } = data
  if (routingNumber !== undefined || accountNumber !== undefined) {
    corrected.routingNumber = String(routingNumber ?? routingNumberOf(answer))
    corrected.accountNumber = String(accountNumber ?? answer.accountNumber)
  }
  if (transactionCode !== undefined) {
    const family = Math.floor(Number(transactionCode) / 10)
    if (family !== 2 && family !== 3) return null
    corrected.accountType = family === 2 ? 'checking' : 'savings'
  }
  if (individualName !== undefined) corrected.name = String(individualName)
  if (identification !== undefined) corrected.identification = String(identification)
  return corrected
}

function changesOf(
  answer: BankAnswer,
  data: Partial<Record<string, string | number>>,
  corrected: Corrected,
): CorrectionChange[] {
  const changes: CorrectionChange[] = []
  if (data['routingNumber'] !== undefined) {
    const masked = (number: string) => `*****${number.slice(-4)}`
    changes.push({ field: 'routingNumber', ...pair(routingNumberOf(answer), corrected.routingNumber, masked) })
  }
  if (data['accountNumber'] !== undefined) {
    const masked = (number: string) => `••••${lastDigits(number)}`
    changes.push({ field: 'accountNumber', ...pair(answer.accountNumber, corrected.accountNumber, masked) })
  }
  if (corrected.accountType !== undefined) {
    changes.push({ field: 'accountType', before: answer.accountType ?? '', after: corrected.accountType })
  }
  if (corrected.name !== undefined)
    changes.push({ field: 'name', before: answer.individualName, after: corrected.name })
  if (corrected.identification !== undefined) {
    const masked = (text: string) => `••••${lastDigits(text)}`
    changes.push({ field: 'identification', ...pair(answer.identification, corrected.identification, masked) })
  }
  return changes
}

function pair(before: string, after: string | undefined, masked: (number: string) => string) {
  return { before: masked(before), after: masked(after ?? '') }
}
