import type { BankConnection } from '@fistworks/contract'
import { expect, test } from 'vitest'
import { agreementInput } from './bank-agreement-input.ts'

const KEY = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabc\n-----END PGP PUBLIC KEY BLOCK-----'
const OTHER = KEY.replace('abc', 'def')

test('what is left empty is nothing', () => {
  expect(agreementInput({ returnDirectory: '', returnPollMinutes: '', processedDirectory: '' }, null, null)).toEqual({
    returnDirectory: null,
    returnPollMinutes: null,
    afterProcessing: 'leave',
    processedDirectory: null,
    cutoffs: null,
    fileNameTemplate: null,
    encryption: null,
  })
})

test('keys one below the other are several, and what is none goes to the server as it is', () => {
  const encrypted = (publicKeys: string) =>
    agreementInput({ encrypt: 'on', publicKeys, format: 'armored', sign: 'on' }, null, null)['encryption']
  expect(encrypted(`${KEY}\n\n${OTHER}\n`)).toEqual({ format: 'armored', publicKeys: [KEY, OTHER], sign: true })
  expect(encrypted('hello')).toMatchObject({ publicKeys: ['hello'] })
})

test('saved keys stay when no others are given, and a day that was not touched is not sent', () => {
  const connection = {
    encryption: { format: 'binary', publicKeys: [{ publicKey: KEY }], signature: null },
    legacyAlgorithmsUntil: '2026-12-24T09:30:00.000Z',
  } as BankConnection
  const texts = { encrypt: 'on', publicKeys: '', format: 'binary', legacyAlgorithmsUntil: '2026-12-24' }
  const input = agreementInput(texts, null, connection)
  expect(input['encryption']).toEqual({ format: 'binary', publicKeys: [KEY], sign: false })
  expect(input).not.toHaveProperty('legacyAlgorithmsUntil')
  const later = agreementInput({ ...texts, legacyAlgorithmsUntil: '2027-01-01' }, null, connection)
  expect(later['legacyAlgorithmsUntil']).toBe('2027-01-01T00:00:00Z')
  expect(agreementInput({ ...texts, legacyAlgorithmsUntil: '' }, null, connection)['legacyAlgorithmsUntil']).toBeNull()
})
