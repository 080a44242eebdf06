import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('../../test-data/', import.meta.url)

export function testFile(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, folder)))
}

export function testLines(path: string): string[] {
  return new TextDecoder().decode(testFile(path)).replace(/\n$/, '').split('\n')
}

export function bytesOf(lines: readonly string[], ending = '\n'): Uint8Array {
  return new TextEncoder().encode(lines.map((line) => line + ending).join(''))
}

/** A change of a file: `put` writes over what is at a line and column (both from 1). */
export interface Edit {
  (lines: string[]): string[]
  /** The line it writes on, when it is one. */
  line?: number
}

export function put(line: number, column: number, text: string): Edit {
  const edit = (lines: string[]) =>
    lines.map((each, index) =>
      index + 1 === line ? each.slice(0, column - 1) + text + each.slice(column - 1 + text.length) : each,
    )
  return Object.assign(edit, { line })
}

export const drop =
  (from: number, to = from): Edit =>
  (lines) =>
    lines.filter((_, index) => index + 1 < from || index + 1 > to)

export const insertAfter =
  (line: number, text: string): Edit =>
  (lines) =>
    lines.toSpliced(line, 0, text)

export const repeatAfter =
  (line: number, copied: number): Edit =>
  (lines) =>
    lines.toSpliced(line, 0, lines[copied - 1] ?? '')

const numberIn = (line: string, from: number, to: number) => {
  const text = line.slice(from - 1, to)
  return /^\d+$/.test(text) ? Number(text) : 0
}
const zeros = (value: number, width: number) => String(value).padStart(width, '0')

interface Sums {
  count: number
  hash: number
  debit: number
  credit: number
}
const nothing = (): Sums => ({ count: 0, hash: 0, debit: 0, credit: 0 })

function add(sums: Sums, line: string): void {
  sums.count++
  if (line[0] !== '6') return
  sums.hash += numberIn(line, 4, 11)
  if ('1234'.includes(line[2] ?? '')) sums.credit += numberIn(line, 30, 39)
  else sums.debit += numberIn(line, 30, 39)
}

const amounts = ({ hash, debit, credit }: Sums) => zeros(hash % 1e10, 10) + zeros(debit, 12) + zeros(credit, 12)

/**
 * Makes controls and filler right again after an edit, by its own arithmetic: so that the edit is the only fault, and
 * so that the codec's sums are checked against someone else's.
 */
export const settle: Edit = (lines) => {
  const sums = nothing()
  let batch = nothing()
  let batchCount = 0
  let isOpen = false
  let hasEntry = false
  const settled = lines.filter((line) => !/^9{94}$/.test(line))
  const last = settled.findLastIndex((line) => line.startsWith('9'))
  const blocks = Math.ceil((last + 1) / 10)
  const result = settled.map((line, index) => {
    if (line.startsWith('5')) {
      batchCount++
      batch = nothing()
      isOpen = true
      hasEntry = false
    } else if (isOpen && (line.startsWith('6') || (line.startsWith('7') && hasEntry))) {
      hasEntry = true
      add(batch, line)
      add(sums, line)
    } else if (line.startsWith('8')) {
      isOpen = false
      return line.slice(0, 4) + zeros(batch.count, 6) + amounts(batch) + line.slice(44)
    } else if (index === last) {
      return `9${zeros(batchCount, 6)}${zeros(blocks, 6)}${zeros(sums.count, 8)}${amounts(sums)}${line.slice(55)}`
    }
    return line
  })
  return [...result, ...Array.from({ length: blocks * 10 - last - 1 }, () => '9'.repeat(94))]
}

/** The files of a folder under `test-data/`. */
export function testNames(path: string): string[] {
  return readdirSync(new URL(`${path}/`, folder)).filter((name) => name.endsWith('.ach'))
}
