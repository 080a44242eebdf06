import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readSmtpSettings } from './smtp-settings.ts'

const GOOD = {
  host: 'smtp.example.com',
  port: 587,
  tls: 'required',
  user: 'ach',
  password: 'battery-staple',
  from: 'ach@example.com',
}

function fileWith(content: unknown, mode = 0o600): string {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-mail-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'mail.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content), { mode })
  chmodSync(path, mode)
  return path
}

test('the mail server comes from a file that its owner alone can read', () => {
  expect(readSmtpSettings(fileWith(GOOD), true)).toEqual(GOOD)
  expect(readSmtpSettings(undefined, true)).toBeNull()
  expect(() => readSmtpSettings(fileWith(GOOD, 0o644), true)).toThrow('chmod 600')
  const path = fileWith(GOOD)
  symlinkSync(path, `${path}.link`)
  expect(() => readSmtpSettings(`${path}.link`, true)).toThrow('not a link')
})

test.each([
  ['not JSON', '{', 'whole of it'],
  ['no host', { ...GOOD, host: undefined }, 'host'],
  ['a host with a line', { ...GOOD, host: 'a\nb' }, 'host'],
  ['no port', { ...GOOD, port: 0 }, 'port'],
  ['a password without a user', { ...GOOD, user: undefined }, 'both or neither'],
  ['a name in from', { ...GOOD, from: 'FISTWorks <ach@example.com>' }, 'from'],
  ['encryption that may be left out', { ...GOOD, tls: 'opportunistic' }, 'tls'],
  ['a word nobody reads', { ...GOOD, rejectUnauthorized: false }, 'rejectUnauthorized'],
])('a file with %s is refused, and what it holds is not told', (_, content, names) => {
  const read = () => readSmtpSettings(fileWith(content), true)
  expect(read).toThrow(names)
  expect(read).not.toThrow('battery-staple')
})

test('without encryption mail goes only to this machine, and only in development', () => {
  const here = { host: '127.0.0.1', port: 1025, from: 'ach@example.com', tls: 'none' }
  expect(readSmtpSettings(fileWith(here), false)).toMatchObject({ tls: 'none' })
  expect(() => readSmtpSettings(fileWith(here), true)).toThrow('"tls"')
  expect(() => readSmtpSettings(fileWith({ ...here, host: 'mail.example.com' }), false)).toThrow('"tls"')
  expect(() => readSmtpSettings(fileWith({ ...here, host: '127.0.0.1.example.com' }), false)).toThrow('"tls"')
})
