import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { runHere } from './testing/run-here.ts'
import { OFFSET, PAYROLL } from './testing/run-nacha.ts'

const DATA = fileURLToPath(new URL('../../../nacha/test-data/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fistworks-masking-'))
const FILES = ['samples', 'valid', 'crashers'].flatMap((kind) =>
  readdirSync(join(DATA, kind))
    .filter((name) => name.endsWith('.ach'))
    .map((name) => join(DATA, kind, name)),
)

afterAll(() => rmSync(folder, { recursive: true }))

/** Positions (from 0) of numbers of accounts and banks, by type of record; of IAT and ADV their own. */
const PLACES: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  '1': [
    [3, 13],
    [13, 23],
  ],
  '5': [[79, 87]],
  '6': [
    [3, 11],
    [3, 12],
    [12, 29],
    [79, 87],
  ],
  '8': [[79, 87]],
}
const IAT: typeof PLACES = {
  ...PLACES,
  '6': [
    [3, 11],
    [3, 12],
    [39, 74],
    [79, 87],
  ],
}
const ADV: typeof PLACES = {
  ...PLACES,
  '6': [
    [3, 11],
    [3, 12],
    [12, 27],
    [39, 48],
    [79, 87],
  ],
}

/** Numbers with so many digits that they are told from amounts and codes. */
function numbersOf(bytes: Uint8Array): Set<string> {
  const numbers = new Set<string>()
  let places = PLACES
  const text = new TextDecoder('latin1').decode(bytes)
  const lines = /[\r\n]/.test(text) ? text.split(/\r\n|\r|\n/) : (text.match(/.{1,94}/gs) ?? [])
  for (const line of lines) {
    if (line.startsWith('5')) places = line.slice(50, 53) === 'IAT' ? IAT : line.slice(50, 53) === 'ADV' ? ADV : PLACES
    if (line.length !== 94 || /^9+ *$/.test(line)) continue
    for (const [from, to] of places[line.charAt(0)] ?? []) {
      const number = line.slice(from, to).trim()
      if (/^[\w -]{7,}$/.test(number) && /[1-9]/.test(number) && !/^0{3}/.test(number)) numbers.add(number)
    }
  }
  return numbers
}

const ENCODINGS: Readonly<Record<string, (number: string) => readonly string[]>> = {
  plain: (number) => [number],
  base64: (number) =>
    [0, 1, 2].map((shift) =>
      Buffer.from(' '.repeat(shift) + number)
        .toString('base64')
        .slice(shift ? 4 : 0, -4),
    ),
  hex: (number) => [Buffer.from(number).toString('hex')],
  url: (number) => [
    encodeURIComponent(number),
    [...Buffer.from(number)].map((byte) => `%${byte.toString(16)}`).join(''),
  ],
  reversed: (number) => [[...number].reverse().join('')],
  spaced: (number) => [[...number].join(' '), [...number].join('-')],
}

function leaks(text: string, numbers: Iterable<string>): string[] {
  const found: string[] = []
  for (const number of numbers) {
    for (const [encoding, forms] of Object.entries(ENCODINGS)) {
      if (forms(number).some((form) => form.length > 5 && text.includes(form))) found.push(`${encoding} of ${number}`)
    }
  }
  return found
}

const other = join(folder, 'payroll.ach')
const offset = join(folder, 'offset.json')
writeFileSync(other, PAYROLL)
writeFileSync(offset, OFFSET)
const AT = ['--effective-date', '2026-11-24', '--at', '2026-11-23T20:00:00Z', '--even-if-late']
const COMMANDS: readonly (readonly [string, (path: string) => readonly string[]])[] = [
  ['validate', (path) => ['validate', path, '--profile', 'originate', '--as-of', '2026-11-20']],
  ['validate --json', (path) => ['validate', path, '--json']],
  ['describe', (path) => ['describe', path]],
  ['describe --json', (path) => ['describe', path, '--json']],
  ['describe --annotated', (path) => ['describe', path, '--annotated']],
  ['describe --annotated --json', (path) => ['describe', path, '--annotated', '--json']],
  ['convert to JSON', (path) => ['convert', path]],
  ['convert to the JSON of moov-io/ach', (path) => ['convert', path, '--to', 'moov-json']],
  ['convert what is no JSON of moov-io/ach', (path) => ['convert', path, '--from', 'moov-json']],
  ['convert to other line ends', (path) => ['convert', path, '--to', 'ach', '--line-ending', 'crlf']],
  ['convert what is no JSON', (path) => ['convert', path, '--from', 'json']],
  ['diff', (path) => ['diff', other, path]],
  ['diff --json', (path) => ['diff', path, other, '--json']],
  ['merge', (path) => ['merge', path, '--output', '-']],
  ['merge of two --json', (path) => ['merge', path, other, '--output', '-', '--json']],
  ['split', (path) => ['split', path, '--max-lines', '1000', '--output', '-']],
  ['split into files', (path) => ['split', path, '--output', join(folder, 'made.ach'), '--force']],
  ['reverse', (path) => ['reverse', path, '--output', '-', ...AT]],
  ['reverse --json', (path) => ['reverse', path, '--output', join(folder, 'made.ach'), '--force', '--json', ...AT]],
  ['balance', (path) => ['balance', path, '--account', offset, '--output', '-']],
  ['balance --json', (path) => ['balance', path, '--account', offset, '--own-batch', '--output', '-', '--json']],
]

test('the sweep finds numbers where they are shown', async () => {
  const numbers = new Set([...numbersOf(readFileSync(other)), '55554444'])
  expect([...numbers]).toEqual(expect.arrayContaining(['77776666', '87654321', '231380104', '23138010', '09100001']))
  const { text } = await runHere(['convert', other, '--unmasked', '--to', 'ach'])
  expect(leaks(text, numbers).filter((leak) => leak.startsWith('plain')).length).toBe(numbers.size - 1)
  for (const [name, forms] of Object.entries(ENCODINGS)) {
    for (const form of forms('231380104')) expect(leaks(`x${form}x`, ['231380104'])).toContain(`${name} of 231380104`)
  }
})

test.each(COMMANDS)('%s shows no number of an account or a bank of any sample file', async (_, words) => {
  expect(FILES.length).toBeGreaterThan(60)
  let shown = 0
  for (const path of FILES) {
    const { code, text } = await runHere(words(path))
    const numbers = new Set([
      ...numbersOf(readFileSync(path)),
      ...numbersOf(readFileSync(other)),
      '55554444',
      '55512345678',
    ])
    expect([path, code, leaks(text, numbers)]).toEqual([path, expect.toBeOneOf([0, 1, 2]), []])
    shown += text.length
  }
  expect(shown).toBeGreaterThan(1_000)
})
