import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Shape } from './arguments.ts'
import { balanceShape } from './balance.ts'
import { convertShape } from './convert.ts'
import { describeShape } from './describe.ts'
import { diffShape } from './diff.ts'
import { mergeShape } from './merge.ts'
import { reverseShape } from './reverse.ts'
import { splitShape } from './split.ts'
import { runHere } from './testing/run-here.ts'
import { NUMBERS, PAGE, PAYROLL, runAndHangUp, runNacha, sampleFolder } from './testing/run-nacha.ts'
import { validateShape } from './validate.ts'

const SHAPES: Readonly<Record<string, Shape>> = {
  validate: validateShape,
  describe: describeShape,
  convert: convertShape,
  diff: diffShape,
  merge: mergeShape,
  split: splitShape,
  reverse: reverseShape,
  balance: balanceShape,
}

let folder = ''
let remove = () => undefined as void

beforeAll(() => {
  ;({ folder, remove } = sampleFolder())
  // A file with a hole: it takes no place on the disk.
  writeFileSync(join(folder, 'large.ach'), '')
  truncateSync(join(folder, 'large.ach'), 1024 * 1024 * 1024 + 1)
})
afterAll(() => remove())

const run = (words: string, input: string | Uint8Array = '') => runNacha(folder, words.split(' '), input)
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

test('the examples of docs/nacha/command-line.md print what stands there', async () => {
  const sample = sampleFolder()
  const blocks = [...PAGE.matchAll(/```console\n(.*?)```/gs)].map(([, block = '']) => block)
  expect(blocks.length).toBeGreaterThan(4)
  for (const block of blocks) {
    for (const example of block.split(/^\$ /m).slice(1)) {
      const [command = '', ...promised] = example.split('\n')
      const { stdout, stderr } = await runNacha(sample.folder, command.split(' ').slice(2))
      expect(`${stdout}${stderr}`).toBe(promised.join('\n'))
    }
  }
  sample.remove()
})

describe('exit codes', () => {
  test.each([
    ['validate payroll.ach', 0],
    ['validate payroll.ach changed.ach', 1],
    ['validate - --profile originate --as-of 2026-11-20', 0],
    ['diff payroll.ach payroll.ach', 0],
    ['diff payroll.ach changed.ach --json', 1],
    ['diff payroll.ach changed.ach --ignore amount --ignore totalCreditAmount', 0],
    ['describe changed.ach', 0],
    ['describe header.ach', 1],
    ['describe header.ach --annotated', 1],
    ['describe header.ach --json', 1],
    ['convert changed.ach', 1],
    ['convert header.ach', 1],
    ['convert - --from ach --to ach --json', 0],
    ['convert - --from moov-json', 1],
    ['merge payroll.ach header.ach --output -', 1],
    ['balance payroll.ach --account offset.json --output - --json', 0],
    ['--help', 0],
  ])('%s: %i', async (words, code) => {
    expect(await run(words, PAYROLL)).toMatchObject({ code })
  })

  test.each([
    ['', 'fistworks nacha validate'],
    ['mend payroll.ach', "There is no verb 'mend'"],
    ['validate', 'Give 1 or more files'],
    ['validate - -', 'Standard input can be read only once'],
    ['validate none.ach', 'Cannot read none.ach: there is no such file'],
    ['validate .', 'Cannot read .: it is a folder'],
    ['validate payroll.ach --wrong', "Unknown option '--wrong'"],
    ['describe payroll.ach --wrong', "'fistworks nacha describe --help' says what it takes"],
    ['describe payroll.ach changed.ach', 'Give 1 file'],
    ['describe payroll.ach/part', 'Cannot read payroll.ach/part: part of its path is not a folder'],
    ['convert payroll.ach --from json', 'payroll.ach is no JSON'],
    ['convert payroll.ach --to xml', '--to is one of json, moov-json, ach'],
    ['convert payroll.ach --to json --line-ending lf', '--line-ending is for --to ach'],
    ['convert payroll.ach --output none/out.json', 'Cannot write none/out.json: there is no such file or folder'],
    ['convert payroll.ach --output . --force', 'Cannot write .: it is a folder'],
    ['convert payroll.ach --output payroll.ach', 'Cannot write payroll.ach: it is there already'],
    ['diff payroll.ach .', 'Cannot read .: it is a folder'],
    ['merge payroll.ach none.ach --output -', 'Cannot read none.ach: there is no such file'],
    ['reverse payroll.ach --output -', '--effective-date is missing'],
    ['balance payroll.ach --output -', '--account is missing'],
    ['validate large.ach/', 'Cannot read large.ach/: part of its path is not a folder'],
    ['describe large.ach', 'Cannot read large.ach: past 1024 MiB in all, validate takes it'],
    ['merge payroll.ach large.ach --output -', 'Cannot read large.ach: past 256 MiB in all, use smaller files'],
    ['diff payroll.ach large.ach', 'Cannot read large.ach: past 128 MiB in all, use smaller files'],
    ['validate payroll.ach --profile strict', '--profile is one of originate, standard, lenient'],
    ['validate payroll.ach --as-of 2026-13-45', '--as-of is a day'],
    ['split payroll.ach', '--output is missing'],
    ['split payroll.ach --output -', 'There are 2 files'],
    ['reverse payroll.ach --output - --effective-date 2026-11-24 --at noon', '--at is a moment'],
    ['balance payroll.ach --output - --account payroll.ach', 'payroll.ach is not the offset account'],
  ])('%s: 2', async (words, message) => {
    const { code, stdout, stderr } = await run(words)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })
})

test('every verb says what it takes', async () => {
  const { text: general } = await runHere(['--help'])
  const verbs = [...general.matchAll(/^fistworks nacha ([a-z]+)/gm)].map(([, verb = '']) => verb)
  expect(verbs).toEqual(Object.keys(SHAPES))
  for (const verb of verbs) {
    const { code, text } = await runHere([verb, 'payroll.ach', '--help'])
    expect([code, text.split('\n')[0]]).toEqual([0, expect.stringContaining(`fistworks nacha ${verb} `)])
    for (const option of Object.keys(SHAPES[verb]?.options ?? {})) expect(text).toContain(`--${option} `)
    expect(await runHere(['help', verb])).toEqual({ code: 0, text })
  }
})

test.each([
  'validate payroll.ach',
  'describe payroll.ach',
  'describe header.ach --annotated',
  'convert payroll.ach --output all.json --force',
  'diff payroll.ach changed.ach',
  'merge payroll.ach --output all.ach --force',
  'split payroll.ach --output all.ach --force',
  'reverse payroll.ach --output all.ach --force --effective-date 2026-11-24 --at 2026-11-23T20:00:00Z',
  'balance payroll.ach --account offset.json --output all.ach --force',
])('%s --json prints one JSON value', async (words) => {
  const { stdout, stderr } = await run(`${words} --json --profile lenient`)
  expect(JSON.parse(stdout)).toBeTypeOf('object')
  expect(stderr).toBe('')
})

test('violations as JSON say where, which rule and why', async () => {
  const { code, stdout } = await run('validate changed.ach --json')
  const violation = { rule: 'batch.control.total_credit', severity: 'error', line: 5, column: 33 }
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    files: [{ file: 'changed.ach', isValid: false, violations: [violation, {}] }],
  })
})

test('nothing shows a whole account number unless told to', async () => {
  for (const words of [
    'validate changed.ach --profile originate',
    'describe payroll.ach',
    'describe payroll.ach --json',
    'convert payroll.ach',
    'convert payroll.ach --to ach',
    'diff payroll.ach - --json',
    'split payroll.ach --max-entries 9 --output -',
    'reverse payroll.ach --output - --effective-date 2026-11-24 --at 2026-11-23T20:00:00Z --json',
    'balance payroll.ach --account offset.json --output -',
  ]) {
    const { stdout, stderr } = await run(words, PAYROLL.replace('77776666 ', '11223344 '))
    expect(stdout).not.toBe('')
    for (const number of [...NUMBERS, '11223344', '55554444'])
      expect(`${words}: ${stdout}${stderr}`).not.toContain(number)
  }
  for (const words of ['describe payroll.ach --unmasked', 'convert payroll.ach --unmasked']) {
    expect((await run(words)).stdout).toContain(NUMBERS[0])
  }
})

test('a file becomes JSON and the same file again', async () => {
  const { stdout } = await run('convert payroll.ach --unmasked')
  expect(await run('convert - --unmasked', stdout)).toMatchObject({ code: 0, stdout: PAYROLL, stderr: '' })
  const { code, stderr } = await run('convert -', '{"format": "77776666')
  expect([code, stderr]).toEqual([2, 'standard input is no JSON\n'])
})

test("a file becomes moov-io/ach's JSON, masked unless told otherwise, and the same file again", async () => {
  const { stdout } = await run('convert payroll.ach --to moov-json --unmasked')
  expect(JSON.parse(stdout)).toMatchObject({ batches: [{ entryDetails: [{ amount: 124_050 }, {}] }] })
  expect(await run('convert - --from moov-json --unmasked', stdout)).toMatchObject({
    code: 0,
    stdout: PAYROLL,
    stderr: '',
  })
  const masked = await run('convert payroll.ach --to moov-json')
  for (const number of NUMBERS) expect(masked.stdout).not.toContain(number)
  const { code, stderr } = await run('convert - --from moov-json', masked.stdout)
  expect(code).toBe(1)
  expect(stderr).toContain('standard input: /masked: the file is masked')
})

test("what moov-io/ach's JSON has too much is said, and the file is made", async () => {
  const { stdout } = await run('convert payroll.ach --to moov-json --unmasked')
  const {
    code,
    stdout: made,
    stderr,
  } = await run(
    'convert - --from moov-json --unmasked',
    stdout.replace('"companyName"', '"companyNam": "77776666", "companyName"'),
  )
  expect([code, made]).toEqual([0, PAYROLL])
  expect(stderr).toBe('standard input: /batches/0/batchHeader/companyNam: is not known, so not read\n')
})

test('results are written for this user only, never over a file unless forced, and nothing else is left', async () => {
  mkdirSync(join(folder, 'made'))
  expect(await run('convert payroll.ach --unmasked --to ach --output made/out.ach')).toMatchObject({ code: 0 })
  expect(statSync(join(folder, 'made/out.ach')).mode & 0o777).toBe(0o600)
  writeFileSync(join(folder, 'made/out-debits.ach'), 'mine')
  const refused = await run('split payroll.ach --output made/out.ach')
  expect(refused).toMatchObject({ code: 2, stdout: '' })
  expect(refused.stderr).toContain('made/out-debits.ach: it is there already')
  expect(readdirSync(join(folder, 'made')).toSorted()).toEqual(['out-debits.ach', 'out.ach'])
  expect(await run('split payroll.ach --output made/out.ach --force')).toMatchObject({ code: 0 })
  expect(read('made/out-debits.ach')).toContain(NUMBERS[1])
  expect(readdirSync(join(folder, 'made')).toSorted()).toEqual(['out-credits.ach', 'out-debits.ach', 'out.ach'])
  expect(read('made/out.ach')).toBe(PAYROLL)
})

test('an operation that is refused writes nothing and says why', async () => {
  const { code, stderr } = await run(
    'reverse payroll.ach --output late.ach --effective-date 2026-12-24 --at 2026-12-23T20:00:00Z',
  )
  expect(code).toBe(1)
  expect(stderr).toContain('[date.late]')
  expect(readdirSync(folder)).not.toContain('late.ach')
})

test('what is no NACHA file gets violations, and no control character reaches the terminal', async () => {
  const garbage = Uint8Array.from({ length: 50_000 }, (_, index) => (index * 7919 + (index >> 8) * 31) % 256)
  for (const input of [garbage, new Uint8Array(20_000_000).fill(0x41), '']) {
    for (const words of ['validate -', 'describe -', 'split - --output part.ach']) {
      const { code, stdout, stderr } = await run(words, input)
      expect(code).toBe(1)
      expect(`${stdout}${stderr}`).toContain('standard input:')
      expect(`${stdout}${stderr}`).not.toMatch(/(?!\n)\p{Cc}/u)
    }
  }
})

test('a reader that hangs up changes neither exit code nor what is said', async () => {
  const entry = PAYROLL.split('\n')[2] ?? ''
  writeFileSync(join(folder, 'many.ach'), `${entry}\n`.repeat(20_000))
  const [header = '', batch = '', , , control = '', end = '', filler = ''] = PAYROLL.split('\n')
  const one = `${header}\n${batch}\n${`${entry}\n`.repeat(20_000)}${control}\n${end}\n`
  writeFileSync(join(folder, 'large-enough.ach'), one + `${filler}\n`.repeat(6))
  for (const [words, code] of [
    ['validate many.ach --max-violations 9000', 1],
    ['describe many.ach --json --annotated', 1],
    ['describe large-enough.ach', 0],
    ['describe large-enough.ach --annotated', 0],
    ['convert large-enough.ach --json', 1],
  ] as const) {
    const { code: found, stderr } = await runAndHangUp(folder, words.split(' '))
    expect([words, found]).toEqual([words, code])
    expect(stderr).not.toContain('EPIPE')
    if (!words.startsWith('convert')) expect(stderr).toBe('')
  }
})
