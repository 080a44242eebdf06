import { type BankSession, readSmallFile, remotePath } from '../banks/bank.ts'

/**
 * What a bank answers to a file. This is the sandbox bank's form: `<fileName>.ack` in the acknowledgement directory,
 * its first line `ACCEPTED <sha256 of the bytes>` or `REJECTED <sha256 of the bytes> <reason>`. A bank may leave the hash of
 * what it refused away: then its answer is about a file of this name, and counts only as far as nothing speaks against it.
 */
export type Acknowledgement =
  | { verdict: 'accepted' }
  | { verdict: 'otherBytes' }
  | { verdict: 'rejected'; reason: string; namesBytes: boolean }

const ACKNOWLEDGEMENT_BYTES_MAX = 64 * 1024
const REASON_CHARACTERS_MAX = 300
/** By how much a bank's clock may be wrong. */
const CLOCKS_DIFFER_MS = 24 * 60 * 60_000

/**
 * The bank's answer to this file, `null` while there is none. One without a hash that was there before the file was
 * submitted is about another file of this name.
 */
export async function readAcknowledgement(
  session: BankSession,
  directory: string,
  file: { fileName: string; sha256: string; createdAt: string },
): Promise<Acknowledgement | null> {
  const found = await readSmallFile(session, remotePath(directory, `${file.fileName}.ack`), ACKNOWLEDGEMENT_BYTES_MAX)
  if (found === null) return null
  const answer = parseAcknowledgement(found.text, file.sha256)
  const isOlder = found.modifiedAt !== null && found.modifiedAt * 1000 < Date.parse(file.createdAt) - CLOCKS_DIFFER_MS
  return isOlder && answer?.verdict === 'rejected' && !answer.namesBytes ? null : answer
}

/** `null` for anything that is no answer, such as a file the bank is still writing. */
export function parseAcknowledgement(text: string, sha256: string): Acknowledgement | null {
  const [line, ...rest] = text.split(/\r?\n/)
  if (line === undefined || rest.length === 0) return null
  const accepted = /^ACCEPTED ([0-9a-f]{64})$/i.exec(line.trim())
  if (accepted !== null) return { verdict: accepted[1]?.toLowerCase() === sha256 ? 'accepted' : 'otherBytes' }
  const rejected = /^REJECTED(?: ([0-9a-f]{64})\b)?(?: (.*))?$/i.exec(line.trim())
  if (rejected === null) return null
  const [, bytes, reason = ''] = rejected
  if (bytes !== undefined && bytes.toLowerCase() !== sha256) return { verdict: 'otherBytes' }
  return { verdict: 'rejected', reason: presentable(reason), namesBytes: bytes !== undefined }
}

/**
 * Whether an answer settles a delivery of which nobody knows whether it arrived. A refusal that only names the file does
 * not where the bank is known to have another file of that name.
 */
export function settlesDoubt(
  answer: Acknowledgement,
  row: { problem: string | null },
): answer is Exclude<Acknowledgement, { verdict: 'otherBytes' }> {
  if (answer.verdict === 'otherBytes') return false
  return answer.verdict === 'accepted' || answer.namesBytes || !ANOTHER_FILE.includes(row.problem ?? '')
}

/** What people are told when the bank has, or speaks of, a file of this name that is not ours. */
export const OTHER_FILE = 'The bank already has a file with this name, but it is not ours. Ask the bank what it is.'
export const OTHER_BYTES =
  'The bank acknowledged a file of this name with other bytes than ours. Ask the bank what it has.'
const ANOTHER_FILE: readonly string[] = [OTHER_FILE, OTHER_BYTES]

/** The bank's words for people: without control characters, without runs of digits that could be a number of an account. */
function presentable(reason: string): string {
  const text = reason
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replaceAll(/\d(?:[ -]?\d){4,}/g, (digits) => `••••${digits.replaceAll(/\D/g, '').slice(-4)}`)
    .trim()
    .slice(0, REASON_CHARACTERS_MAX)
  return text === '' ? 'no reason given' : text
}
