import { type BankSession, readSmallFile, remotePath } from '../banks/bank.ts'

/**
 * What a bank answers to a file. This is the sandbox bank's form: `<fileName>.ack` in the acknowledgement directory,
 * its first line `ACCEPTED <sha256 of the bytes>` or `REJECTED <reason>`.
 */
export type Acknowledgement =
  | { verdict: 'accepted' }
  | { verdict: 'otherBytes' }
  | { verdict: 'rejected'; reason: string }

const ACKNOWLEDGEMENT_BYTES_MAX = 64 * 1024
const REASON_CHARACTERS_MAX = 300

/** The bank's answer to this file, `null` while there is none. */
export async function readAcknowledgement(
  session: BankSession,
  directory: string,
  file: { fileName: string; sha256: string },
): Promise<Acknowledgement | null> {
  const text = await readSmallFile(session, remotePath(directory, `${file.fileName}.ack`), ACKNOWLEDGEMENT_BYTES_MAX)
  return text === null ? null : parseAcknowledgement(text, file.sha256)
}

/** `null` for anything that is no answer, such as a file the bank is still writing. */
export function parseAcknowledgement(text: string, sha256: string): Acknowledgement | null {
  const [line, ...rest] = text.split(/\r?\n/)
  if (line === undefined || rest.length === 0) return null
  const accepted = /^ACCEPTED ([0-9a-f]{64})$/i.exec(line.trim())
  if (accepted !== null) return { verdict: accepted[1]?.toLowerCase() === sha256 ? 'accepted' : 'otherBytes' }
  const rejected = /^REJECTED(?: (.*))?$/.exec(line.trim())
  if (rejected === null) return null
  return { verdict: 'rejected', reason: presentable(rejected[1] ?? '') }
}

/** The bank's words for people: without control characters, without runs of digits that could be a number of an account. */
function presentable(reason: string): string {
  const text = reason
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replaceAll(/\d(?:[ -]?\d){4,}/g, (digits) => `••••${digits.replaceAll(/\D/g, '').slice(-4)}`)
    .trim()
    .slice(0, REASON_CHARACTERS_MAX)
  return text === '' ? 'no reason given' : text
}
