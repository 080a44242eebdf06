import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newRecoveryCode, recoveryCodeHash } from './recovery-code.ts'

test('a code is 24 characters that cannot be mistaken for others, in four groups', () => {
  const codes = Array.from({ length: 200 }, newRecoveryCode)
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}(-[0-9A-HJKMNP-TV-Z]{6}){3}$/)
  expect(new Set(codes).size).toBe(200)
})

test('every place of a code takes every character', () => {
  const codes = Array.from({ length: 2000 }, () => newRecoveryCode().replaceAll('-', ''))
  for (let place = 0; place < 24; place++) expect(new Set(codes.map((code) => code[place])).size).toBe(32)
})

test('how it is typed does not matter, what is typed does', () => {
  const code = 'K7Q2ZM-4RTX9W-0BNC1H-PDVG58'
  const hash = recoveryCodeHash(code)
  for (const typed of ['k7q2zm4rtx9w0bnc1hpdvg58', ' K7Q2ZM 4RTX9W OBNCIH pdvg58', 'K7Q2ZM-4RTX9W-oBNClH-PDVG58']) {
    expect(recoveryCodeHash(typed)).toEqual(hash)
  }
  fc.assert(
    fc.property(fc.nat(26), fc.constantFrom(...'23456789ABCDEFGHJKMNPQRSTVWXYZ'), (at, character) => {
      fc.pre(code[at] !== character && code[at] !== '-')
      expect(recoveryCodeHash(code.slice(0, at) + character + code.slice(at + 1))).not.toEqual(hash)
    }),
  )
})
