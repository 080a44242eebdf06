import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from './secret.ts'

test('a secret prints as [secret] wherever it ends up', () => {
  const secret = Secret.of('hunter2')
  const shown = [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ secret }),
    inspect(secret, { showHidden: true }),
  ]
  for (const text of shown) {
    expect(text).toContain('[secret]')
    expect(text).not.toContain('hunter2')
  }
  expect(secret.reveal()).toBe('hunter2')
})

test('only these look inside: what makes the file, what shows one number to one person, what logs in to a bank, what signs', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const sources = globSync('**/*.ts', { cwd: folder, exclude: ['**/*.test.ts', '**/testing/**'] })
  const opening = sources.filter((file) => /\.reveal\(\)/.test(readFileSync(`${folder}/${file}`, 'utf8')))
  expect(opening.sort()).toEqual([
    'ach-files/encrypted-file.ts',
    'ach-files/generate.ts',
    'ach-files/make-bytes.ts',
    'banks/open-pgp.ts',
    'banks/sftp-bank.ts',
    'corrections/apply.ts',
    'recipients/reveal.ts',
    'webhooks/signing.ts',
  ])
})
