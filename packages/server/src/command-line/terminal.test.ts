import { PassThrough } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import { counting, Progress } from './progress.ts'
import { coloured, shown, violationLine } from './terminal.ts'

const MEBIBYTE = 1024 * 1024
const terminal = () => Object.assign(new PassThrough(), { isTTY: true })
const told = (stream: PassThrough) => String(stream.read() ?? '')

afterEach(() => vi.unstubAllEnvs())

test('colours are for terminals, and not with NO_COLOR', () => {
  vi.stubEnv('TERM', 'xterm')
  vi.stubEnv('NO_COLOR', '')
  expect(coloured('not valid', 'error', terminal())).toBe('\u001b[31mnot valid\u001b[0m')
  expect(coloured('not valid', 'error', new PassThrough())).toBe('not valid')
  vi.stubEnv('NO_COLOR', '1')
  expect(coloured('not valid', 'error', terminal())).toBe('not valid')
})

test('text from a file cannot steer the terminal', () => {
  expect(shown('a\u001b[2Jb\u009bc\rd\u202ee\n\tJOSÉ')).toBe('a?[2Jb?c?d?e\n\tJOSÉ')
})

test('a violation says what is known of its place', () => {
  const violation = { rule: 'parse.file.missing_header', severity: 'error', message: 'None', path: null } as const
  const line = (place: { line: number | null; column: number | null; field: string | null }) =>
    violationLine('a.ach', { ...violation, ...place }, new PassThrough())
  expect(line({ line: 3, column: 30, field: 'amount' })).toBe(
    'a.ach:3:30: error: None [parse.file.missing_header, amount]',
  )
  expect(line({ line: 3, column: null, field: null })).toBe('a.ach:3: error: None [parse.file.missing_header]')
  expect(line({ line: null, column: null, field: null })).toBe('a.ach: error: None [parse.file.missing_header]')
})

test('a bar shows how much of a large file is read, and goes away', () => {
  const stream = terminal()
  const progress = new Progress(40 * MEBIBYTE, stream)
  progress.add(MEBIBYTE)
  expect(told(stream)).toBe('')
  progress.add(19 * MEBIBYTE)
  expect(told(stream)).toContain(`[${'#'.repeat(15)}${' '.repeat(15)}] 20 MiB`)
  progress.end()
  expect(told(stream)).toBe('\r\u001b[K')
})

test('there is no bar for small files, none outside a terminal, and a count without a size', () => {
  const small = terminal()
  const piped = new PassThrough()
  const unsized = terminal()
  new Progress(MEBIBYTE, small).add(MEBIBYTE)
  new Progress(40 * MEBIBYTE, piped).add(40 * MEBIBYTE)
  new Progress(null, unsized).add(20 * MEBIBYTE)
  expect([told(small), told(piped)]).toEqual(['', ''])
  expect(told(unsized)).toContain('read 20 MiB')
})

test('what is written is counted on a terminal, unless it is seen there itself', () => {
  const stream = terminal()
  vi.spyOn(process, 'stderr', 'get').mockReturnValue(stream as unknown as typeof process.stderr)
  const pieces = Array.from({ length: 5 }, () => 'x'.repeat(4 * MEBIBYTE))
  expect([...counting(pieces, true)]).toEqual(pieces)
  expect(told(stream)).toBe('')
  expect([...counting(pieces, false)]).toEqual(pieces)
  expect(told(stream)).toBe('\rwritten 16 MiB\u001b[K\rwritten 20 MiB\u001b[K\r\u001b[K')
  vi.restoreAllMocks()
})
