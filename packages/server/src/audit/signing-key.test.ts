import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { KeyUnavailable } from '../vault/key-provider.ts'
import { publicText } from './signed-note.ts'
import { openSigningKey, readSigningKey } from './signing-key.ts'

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-signing-key-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const publicOf = (folder: string, host = 'ach.example', isInUse = true) =>
  publicText(openSigningKey(folder, host, isInUse).signerFor('main'))

test('the key is made once and stays, with the name it began with; each log has a name of its own', () => {
  const folder = freshFolder()
  const first = publicOf(folder, 'ach.example', false)
  expect(first).toMatch(/^ach\.example\/audit\/main\+/)
  expect(readdirSync(folder)).toEqual(['audit.key'])
  expect([publicOf(folder), publicOf(folder, 'moved.example'), publicOf(folder, 'ach.example', false)]).toEqual([
    first,
    first,
    first,
  ])
  const control = openSigningKey(folder, 'ach.example', true).signerFor('control')
  expect(control.name).toBe('ach.example/audit/control')
  expect(publicOf(freshFolder(), 'ach.example', false)).not.toBe(first)
})

test('a key that checkpoints were signed with and that is gone is not replaced', () => {
  const folder = freshFolder()
  expect(() => publicOf(folder)).toThrow(KeyUnavailable)
  expect(() => publicOf(folder)).toThrow(/audit\.key is missing, but there are checkpoints that it signed/)
  expect(existsSync(join(folder, 'audit.key'))).toBe(false)
})

test.each([
  ['nothing', ''],
  ['another kind of key', `fistworks-master-key-1 0123456789abcdef ${'A'.repeat(43)}\n`],
  ['half a key', `fistworks-audit-key-1 ach.example ${'A'.repeat(20)}\n`],
  ['no name', `fistworks-audit-key-1  ${'A'.repeat(43)}\n`],
])('a file with %s in it is named and refused', (_what, text) => {
  const path = join(freshFolder(), 'audit.key')
  writeFileSync(path, text, { mode: 0o600 })
  expect(() => readSigningKey(path)).toThrow(KeyUnavailable)
  expect(() => readSigningKey(path)).toThrow(`${path} is not a key for audit checkpoints. Put the right file back.`)
})
