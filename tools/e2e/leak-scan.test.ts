import { expect, test } from 'vitest'
import { encodingsOf } from '../../packages/server/src/testing/encodings.ts'
import { scan } from './leak-scan.ts'

const secret = '48210077553311'

test('a number is found in every form it can hide in', () => {
  const hidden: [string, Buffer][] = [
    ['plain', Buffer.from(`{"a":"${secret}"}`)],
    ['hex', Buffer.from(Buffer.from(`xx${secret}yy`).toString('hex'))],
    ['UTF-16 LE', Buffer.from(`..${secret}..`, 'utf16le')],
    ['base64', Buffer.from(Buffer.from(`{"n":"${secret}"}`).toString('base64'))],
    ['base64, shifted by one', Buffer.from(Buffer.from(`{"nn":"${secret}"}`).toString('base64'))],
    ['base64, shifted by two', Buffer.from(Buffer.from(`{"nnn":"${secret}"}`).toString('base64url'))],
    ['dashes', Buffer.from('4821-0077-5533-11')],
  ]
  for (const [what, bytes] of hidden) expect(scan([{ what, bytes }], [secret]), what).not.toEqual([])
})

test('its last four digits are nothing to find', () => {
  expect(scan([{ what: 'masked', bytes: Buffer.from('••••3311') }], [secret])).toEqual([])
  for (const form of encodingsOf(secret).values()) expect(form.length).toBeGreaterThan(8)
})
