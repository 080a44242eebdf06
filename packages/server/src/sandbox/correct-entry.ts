import { type CorrectedData, type Entry, isCreditCode } from '@fistworks/nacha'

/** What the sandbox bank says is right: an account that asks for nothing, and a bank that is not the one of most tests. */
export const CORRECTED = {
  accountNumber: '7005550123',
  routingNumber: '011000015',
  otherRoutingNumber: '091000019',
} as const

/**
 * What is right instead, for a change code. `null` when the entry has it already, so that a correction that was applied
 * comes back no more, and for codes this bank has nothing to say about.
 */
export function correctionOf(changeCode: string, entry: Entry): CorrectedData | null {
  const accountNumber = CORRECTED.accountNumber
  const routingNumber = entry.accountNumber === accountNumber ? CORRECTED.routingNumber : otherBank(entry)
  const transactionCode = savingsCode(entry.transactionCode)
  const hasAccount = entry.accountNumber === accountNumber
  const isSavings = entry.transactionCode === transactionCode
  switch (changeCode) {
    case 'C01':
      return hasAccount ? null : { changeCode, accountNumber }
    case 'C02':
      return entry.routingNumber === CORRECTED.routingNumber
        ? null
        : { changeCode, routingNumber: CORRECTED.routingNumber }
    case 'C03':
      return hasAccount ? null : { changeCode, routingNumber, accountNumber }
    case 'C05':
      return isSavings ? null : { changeCode, transactionCode }
    case 'C06':
      return hasAccount ? null : { changeCode, accountNumber, transactionCode }
    case 'C07':
      return hasAccount ? null : { changeCode, routingNumber, accountNumber, transactionCode }
    default:
      return null
  }
}

function otherBank({ routingNumber }: Entry): string {
  return routingNumber === CORRECTED.routingNumber ? CORRECTED.otherRoutingNumber : CORRECTED.routingNumber
}

/** 32 for 22, 37 for 27: the same payment, for a savings account. */
function savingsCode(code: number): number {
  return (isCreditCode(code) ? 32 : 37) + ((code % 10) - (isCreditCode(code) ? 2 : 7))
}
