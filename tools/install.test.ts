import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ensureInstalled } from './install.mjs'

let root: string
const said: string[] = []
const say = (line: string) => said.push(line)
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'install-'))
  said.length = 0
  mkdirSync(join(root, 'packages/one'), { recursive: true })
  write('package.json', '{}')
  write('pnpm-lock.yaml', 'one')
  write('packages/one/package.json', '{}')
})
afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, text: string) {
  writeFileSync(join(root, path), text)
}

test('the first run installs, the next one does not', () => {
  const run = vi.fn(() => true)
  expect(ensureInstalled(root, run, say)).toBe(true)
  expect(ensureInstalled(root, run, say)).toBe(true)
  expect(run).toHaveBeenCalledTimes(1)
})

test.each(['pnpm-lock.yaml', 'package.json', 'packages/one/package.json'])('a changed %s installs again', (path) => {
  const run = vi.fn(() => true)
  ensureInstalled(root, run, say)
  write(path, '{"changed":true}')
  ensureInstalled(root, run, say)
  expect(run).toHaveBeenCalledTimes(2)
})

test('a failed install says what to do and is tried again', () => {
  expect(ensureInstalled(root, () => false, say)).toBe(false)
  expect(said.join('\n')).toMatch(/npm registry/)
  const run = vi.fn(() => true)
  expect(ensureInstalled(root, run, say)).toBe(true)
  expect(run).toHaveBeenCalledTimes(1)
})
