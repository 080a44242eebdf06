import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isGreen, lastLine, tally } from './test-report.ts'
import { inWorkspace, tool } from './workspace.ts'

let folder: string
beforeEach(() => {
  mkdirSync(inWorkspace('.cache'), { recursive: true })
  folder = mkdtempSync(inWorkspace('.cache/report-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function count(code: string) {
  writeFileSync(join(folder, 'a.test.js'), `import { expect, test } from 'vitest'\n${code}`)
  writeFileSync(join(folder, 'vitest.config.js'), 'export default {}')
  const report = join(folder, 'report.json')
  const args = ['run', '--root', folder, '--reporter=json', `--outputFile=${report}`]
  const { status } = spawnSync(tool('vitest'), args, { cwd: folder, encoding: 'utf8' })
  return tally(JSON.parse(readFileSync(report, 'utf8')), status ?? 1)
}

test('passing and failing tests are counted', () => {
  const counted = count(`test('a', () => {}); test('b', () => {}); test('c', () => expect(1).toBe(2))`)
  expect(lastLine(counted)).toBe('2 passed, 1 failed')
  expect(isGreen(counted)).toBe(false)
})

test('a file that cannot be loaded is a failure', () => {
  expect(lastLine(count(`throw new Error('no')`))).toBe('0 passed, 1 failed')
})

test('trouble that no test owns is a failure', () => {
  const counted = count(`test('a', () => { setTimeout(() => { throw new Error('late') }, 0) })`)
  expect(lastLine(counted)).toBe('1 passed, 1 failed')
})

test('a run without tests is not green', () => {
  expect(isGreen(tally({ testResults: [] }, 0))).toBe(false)
})

test('a run where all pass is green', () => {
  expect(isGreen(count(`test('a', () => {})`))).toBe(true)
})
