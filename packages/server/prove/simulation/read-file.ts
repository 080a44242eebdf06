/** What an independent reader finds in the bytes of a file: positions of the Nacha rules, not of our codec. */
export interface ReadFile {
  /** `credit 1234 to 091000019/8800123` */
  payments: string[]
  traceNumbers: string[]
  fileIdModifier: string
  origin: string
  creationDate: string
  problems: string[]
}

const RECORD = 94
const CREDITS = new Set(['22', '23', '32', '33'])

export function paymentsIn(bytes: Uint8Array): ReadFile {
  const lines = Buffer.from(bytes)
    .toString('latin1')
    .split(/\r?\n/)
    .filter((line) => line !== '')
  const read: ReadFile = {
    payments: [],
    traceNumbers: [],
    fileIdModifier: lines[0]?.slice(33, 34) ?? '',
    origin: lines[0]?.slice(13, 23).trim() ?? '',
    creationDate: lines[0]?.slice(23, 29) ?? '',
    problems: [],
  }
  if (lines.some((line) => line.length !== RECORD)) read.problems.push('a record is not 94 characters long')
  if (lines.length % 10 !== 0) read.problems.push('the file is not in blocks of ten')
  const sum = { credit: 0, debit: 0 }
  for (const line of lines.filter((each) => each.startsWith('6'))) {
    const direction = CREDITS.has(line.slice(1, 3)) ? 'credit' : 'debit'
    const amount = Number(line.slice(29, 39))
    sum[direction] += amount
    read.payments.push(`${direction} ${amount} to ${line.slice(3, 12)}/${line.slice(12, 29).trim()}`)
    read.traceNumbers.push(line.slice(79, 94))
  }
  const control = lines.find((line) => line.startsWith('9') && line !== '9'.repeat(RECORD)) ?? ''
  if (Number(control.slice(13, 21)) < read.payments.length) read.problems.push('the control counts too few entries')
  if (Number(control.slice(31, 43)) !== sum.debit) read.problems.push('the total debit is not the sum of the entries')
  if (Number(control.slice(43, 55)) !== sum.credit) read.problems.push('the total credit is not the sum of the entries')
  return read
}
