import { type AchFile, decodeFile, validateFile } from '@fistworks/nacha'
import { hasAnswers } from './bank-answer.ts'

/** What a file of a bank is. */
export type Recognized =
  | { kind: 'answers'; file: AchFile }
  | { kind: 'acknowledgement' }
  | { kind: 'notUnderstood'; problem: string }

const LF = 0x0a
const ACKNOWLEDGEMENT_BYTES_MAX = 64 * 1024
/** Of the first line, without what is blank at its end. */
const ACKNOWLEDGEMENT = /^(?:ACCEPTED [0-9a-f]{64}|REJECTED(?: [^\r\n]*)?)$/i
/** First bytes of an encrypted OpenPGP message that is not armored. */
const OPENPGP_PACKETS: readonly number[] = [0x84, 0x85, 0x8c, 0xc1, 0xd2]
const OPENPGP_WORDS =
  'The file is encrypted with OpenPGP, and there is no key here that opens it. Ask the bank for files without encryption, or to encrypt to a key of this connection.'
const TOTALS = ['file.control.total_debit', 'file.control.total_credit'] as const
const BATCH_TOTALS = ['batch.control.total_debit', 'batch.control.total_credit'] as const

/** Tells what a file is by what is in it; never throws, whatever that is. */
export function recognize(bytes: Uint8Array): Recognized {
  if (bytes.length === 0) return notUnderstood('The file is empty.')
  if (isOpenPgp(bytes)) return notUnderstood(OPENPGP_WORDS)
  if (bytes.length <= ACKNOWLEDGEMENT_BYTES_MAX && ACKNOWLEDGEMENT.test(firstLine(bytes))) {
    return { kind: 'acknowledgement' }
  }
  return recognizeAch(bytes)
}

function firstLine(bytes: Uint8Array): string {
  const end = bytes.indexOf(LF)
  return new TextDecoder('latin1').decode(end === -1 ? bytes : bytes.subarray(0, end)).trimEnd()
}

function recognizeAch(bytes: Uint8Array): Recognized {
  const { file, violations } = decodeFile(bytes, { profile: 'lenient', maxViolations: 10 })
  if (file === null) {
    const first = violations.find(({ severity }) => severity === 'error') ?? violations[0]
    const where = first?.line === null || first === undefined ? '' : `Line ${first.line}: `
    return notUnderstood(`This is no whole ACH file. ${where}${first?.message ?? 'Nothing in it is a record.'}`)
  }
  const wrong = wrongTotal(file)
  if (wrong !== null) return notUnderstood(`The totals of the file are not those of its entries. ${wrong}`)
  if (hasAnswers(file)) return { kind: 'answers', file }
  return notUnderstood('The file holds entries of its own and none that answers a payment of ours.')
}

/** A file whose money does not add up was damaged, or is not what the bank meant. */
function wrongTotal(file: AchFile): string | null {
  const severities = Object.fromEntries([...TOTALS, ...BATCH_TOTALS].map((rule) => [rule, 'error' as const]))
  const found = validateFile(file, { switches: ['skipAll'], severities, maxViolations: 10 })
  const wrong = found.find(({ severity }) => severity === 'error')
  return wrong === undefined ? null : `Line ${wrong.line}: ${wrong.message}`
}

function isOpenPgp(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 64)).trimStart()
  return head.startsWith('-----BEGIN PGP MESSAGE') || OPENPGP_PACKETS.includes(bytes[0] ?? 0)
}

function notUnderstood(problem: string): Recognized {
  return { kind: 'notUnderstood', problem }
}
