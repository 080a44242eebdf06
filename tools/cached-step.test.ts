import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runStep } from './cached-step.ts'

let root: string
let builds: number
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'step-'))
  builds = 0
  mkdirSync(join(root, 'src/deep'), { recursive: true })
  write('src/a.ts', 'a')
  write('src/deep/b.ts', 'b')
})
afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, text: string) {
  writeFileSync(join(root, path), text)
}

function build(makes = 'out.js') {
  const run = async () => {
    builds += 1
    write(makes, 'built')
  }
  return runStep(root, { name: 'step', inputs: ['src/**'], outputs: ['out.js'], run })
}

test('nothing changed: nothing is built', async () => {
  expect(await build()).toBe('built')
  expect(await build()).toBe('fresh')
  expect(builds).toBe(1)
})

test.each([
  ['a changed file', () => write('src/deep/b.ts', 'c')],
  ['a new file', () => write('src/c.ts', '')],
  ['a removed file', () => rmSync(join(root, 'src/a.ts'))],
  ['a removed output', () => rmSync(join(root, 'out.js'))],
])('%s builds again', async (_, change) => {
  await build()
  change()
  expect(await build()).toBe('built')
})

test('a changed test does not', async () => {
  await build()
  write('src/a.test.ts', 'changed')
  expect(await build()).toBe('fresh')
})

test('a build that leaves out what it promised fails, and is tried again', async () => {
  await expect(build('other.js')).rejects.toThrow(/left out/)
  expect(await build()).toBe('built')
})
