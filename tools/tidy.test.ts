import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findUntidy, linksIn, pathsIn } from './tidy.ts'
import { root } from './workspace.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidy-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function untidy(files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return findUntidy(folder, Object.keys(files))
}

test('the project is tidy', () => {
  expect(findUntidy(root)).toEqual([])
})

test('a source file past 300 lines is found', () => {
  expect(untidy({ 'a.ts': 'a\n'.repeat(300), 'b.ts': 'b\n'.repeat(301) })).toEqual([
    expect.stringContaining('b.ts has 301'),
  ])
})

test.each(['// TODO later', '// FIXME', '/* XXX */'])('%s is found', (line) => {
  expect(untidy({ 'a.ts': `\n${line}\n` })).toEqual([expect.stringContaining('a.ts:2')])
})

test.each(['skip', 'todo', 'only', 'skipIf'])('a test that is .%s is found', (how) => {
  expect(untidy({ 'a.test.ts': `test.${how}('x')` })).toEqual([expect.stringContaining('does not always run')])
})

test.each(['"/home/me/x"', `https://registry.${'npm'}js.org/`, '_authToken=x'])('%s is found', (text) => {
  expect(untidy({ 'a.json': text, 'b.md': text })).toHaveLength(2)
})

test('a dead link is found, a living one and a web address are not', () => {
  const text = '[a](b.md#part) [c](gone.md) [d](https://example.com) ![e](img/x.png)'
  expect(untidy({ 'docs/a.md': text, 'docs/b.md': '' })).toEqual([
    'docs/a.md links to gone.md, which is not there',
    'docs/a.md links to img/x.png, which is not there',
  ])
})

test('a path that AGENTS.md names and nobody has is found', () => {
  const text = '`tools/a.ts` and `tools/b.ts`\n`src/one` has `src/one/c.ts` and `two/d.ts`, not `two/e.ts`'
  expect(untidy({ 'AGENTS.md': text, 'tools/a.ts': '', 'src/one/c.ts': '', 'src/one/two/d.ts': '' })).toEqual([
    'AGENTS.md names tools/b.ts, which is not there',
    'AGENTS.md names two/e.ts, which is not there',
  ])
})

test('what is in code is no link, and a command is no path', () => {
  expect(linksIn('`[a](b)`\n```\n[c](d)\n```\n')).toEqual([])
  expect(pathsIn('`pnpm a/b`, `packages/*/src`, `packages/nacha/src`')).toEqual(['packages/nacha/src'])
})
