import { type Difference, lastDigits } from '@fistworks/contract'
import { checkDigitOf } from '@fistworks/nacha'
import type { BankAnswer } from '../inbound-files/bank-answer.ts'
import { comparableNumber, type OrganizationVault } from '../vault/vault.ts'
import type { SentEntry } from './match.ts'
import { type AnswerWay, mayAnswer } from './same-bank.ts'
import type { ReturnRow } from './table.ts'

const HAS_AMOUNT: readonly BankAnswer['category'][] = ['return', 'dishonored', 'contested']

/** Keyed hash of the account that an answer says was paid, as recipients keep it. */
export function accountIndexOf(vault: OrganizationVault, answer: Pick<BankAnswer, 'originalRdfi' | 'accountNumber'>) {
  return vault.blindIndex('recipients.account', routingNumberOf(answer), comparableNumber(answer.accountNumber))
}

/** All nine digits. */
export function routingNumberOf({ originalRdfi }: Pick<BankAnswer, 'originalRdfi'>): string {
  return /^\d{8}$/.test(originalRdfi) ? `${originalRdfi}${checkDigitOf(originalRdfi)}` : originalRdfi
}

/** The amount that an answer speaks of; `null` where its kind has none. */
export function amountOf({ category, amountCents }: Pick<BankAnswer, 'category' | 'amountCents'>): number | null {
  return HAS_AMOUNT.includes(category) ? amountCents : null
}

/** Everything in which the bank's words and the payment disagree. */
export function differencesOf(
  vault: OrganizationVault,
  answer: BankAnswer,
  from: AnswerWay,
  sent: SentEntry,
): Difference[] {
  const account = lastDigits(answer.accountNumber)
  const said = {
    amountCents: amountOf(answer),
    direction: answer.direction,
    originalTraceNumber: answer.originalTraceNumber,
  }
  const found = differencesSaid(said, sent)
  const add = (field: string, ours: string, banks: string, message: string) => {
    found.push({ field, ours, banks, message })
  }
  const routing = lastDigits(routingNumberOf(answer))
  if (routing !== sent.routingNumberLast4) {
    add('routingNumber', `*****${sent.routingNumberLast4 ?? ''}`, `*****${routing}`, 'The receiving banks differ.')
  }
  if (!isSameAccount(vault, answer, sent, account)) found.push(otherAccount(account, sent))
  if (answer.companyIdentification !== '' && answer.companyIdentification !== sent.companyId.trim()) {
    const masked = (id: string) => `••••${lastDigits(id)}`
    const [ours, banks] = [masked(sent.companyId), masked(answer.companyIdentification)]
    add('companyIdentification', ours, banks, 'The company identifications differ.')
  }
  if (!mayAnswer(from, sent)) {
    const message =
      from.id === sent.sentThrough?.id
        ? 'The payment went to another server than this came from: the bank connection was pointed elsewhere.'
        : 'The payment went through another bank connection than this came through.'
    add('bankConnection', sent.sentThroughName ?? '', from.name, message)
  }
  return found
}

/** The same of a return that is kept already, as far as it is still known what the bank said. */
export function differencesFromKept(row: ReturnRow, sent: SentEntry): Difference[] {
  const compared = row.candidates.find(({ entryId }) => entryId === sent.entryId)
  if (compared !== undefined) return compared.differences
  const amountCents = row.kind === 'acknowledgment' ? null : row.amountCents
  const found = differencesSaid({ ...row, amountCents }, sent)
  const isSame = row.accountNumberLast4 === (sent.accountNumberLast4 ?? '').slice(-4)
  return isSame ? found : [...found, otherAccount(row.accountNumberLast4, sent)]
}

function differencesSaid(
  said: { amountCents: number | null; direction: SentEntry['direction']; originalTraceNumber: string },
  sent: SentEntry,
): Difference[] {
  const found: Difference[] = []
  if (said.originalTraceNumber.slice(-SEQUENCE) !== sent.traceNumber?.slice(-SEQUENCE)) {
    const banks = `••••••••${said.originalTraceNumber.slice(-SEQUENCE)}`
    found.push({ field: 'traceNumber', ours: sent.traceNumber ?? '', banks, message: 'The trace numbers differ.' })
  }
  if (said.amountCents !== null && said.amountCents !== sent.amountCents) {
    const [ours, banks] = [String(sent.amountCents), String(said.amountCents)]
    found.push({ field: 'amountCents', ours, banks, message: 'The amounts differ.' })
  }
  if (said.direction !== sent.direction) {
    const message = 'One is a credit, the other a debit.'
    found.push({ field: 'direction', ours: sent.direction, banks: said.direction, message })
  }
  return found
}

/** Digits of a trace number after those of the bank: what is kept of one that nothing of ours has. */
const SEQUENCE = 7

function otherAccount(last4: string, sent: SentEntry): Difference {
  const [ours, banks] = [`••••${sent.accountNumberLast4 ?? ''}`, `••••${last4}`]
  return { field: 'accountNumber', ours, banks, message: 'The accounts differ.' }
}

function isSameAccount(vault: OrganizationVault, answer: BankAnswer, sent: SentEntry, last4: string): boolean {
  if (sent.accountIndex === null) return last4 === sent.accountNumberLast4
  return Buffer.from(accountIndexOf(vault, answer)).equals(Buffer.from(sent.accountIndex))
}
