import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NUMBERS, PAGE, PAYROLL, runAndHangUp, runNacha, sampleFolder } from './testing/run-nacha.ts'

let folder = ''
let remove = () => undefined as void

beforeAll(() => {
  ;({ folder, remove } = sampleFolder())
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
    ['--help', 0],
  ])('%s: %i', async (words, code) => {
    expect(await run(words, PAYROLL)).toMatchObject({ code })
  })

  test.each([
    ['', 'fistworks nacha validate'],
    ['mend payroll.ach', 'fistworks nacha validate'],
    ['validate', 'Give 1 or more files'],
    ['validate - -', 'Standard input can be read only once'],
    ['validate none.ach', 'Cannot read none.ach: there is no such file'],
    ['validate .', 'Cannot read .: it is a folder'],
    ['validate payroll.ach --wrong', "Unknown option '--wrong'"],
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
  expect([code, stderr]).toEqual([2, 'standard input begins like JSON but is none\n'])
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
  expect(await runAndHangUp(folder, ['validate', 'many.ach', '--max-violations', '9000'])).toEqual({
    code: 1,
    stderr: '',
  })
})
