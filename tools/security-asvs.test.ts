import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { inWorkspace } from './workspace.ts'

const PAGE = inWorkspace('docs/security-asvs.md')

interface Row {
  requirement: string
  state: string
  files: string[]
  text: string
}

const text = readFileSync(PAGE, 'utf8')
const rows: Row[] = text
  .split('\n')
  .filter((line) => line.startsWith('| V'))
  .map((line) => {
    const [requirement = '', , , state = '', last = ''] = line.slice(2, -2).split(' | ')
    return { requirement, state, files: [...last.matchAll(/\]\(([^)]+)\)/g)].map(([, file = '']) => file), text: last }
  })

test('each requirement stands once, is met by something or open with a reason, and the counts are theirs', () => {
  expect(new Set(rows.map(({ requirement }) => requirement)).size).toBe(rows.length)
  for (const { requirement, state, files, text: why } of rows) {
    expect(requirement).toMatch(/^V\d+\.\d+\.\d+$/)
    if (state === 'met') expect(files.length, requirement).toBeGreaterThan(0)
    else expect([state, why.length > 20], requirement).toEqual(['**open**', true])
  }
  const open = rows.filter(({ state }) => state !== 'met').length
  const words = text.replaceAll(/\s+/g, ' ')
  expect(words).toContain(`${rows.length} of its 345 requirements`)
  expect(words).toContain(`Here ${rows.length - open} are met and ${open} open`)
})

test('everything that is pointed to is there', () => {
  const gone = rows.flatMap(({ files }) => files).filter((file) => !existsSync(join(dirname(PAGE), file)))
  expect(gone).toEqual([])
})
