import { createCipheriv, createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lengthPrefixed, u32 } from './bytes.ts'
import { type CellAddress, EnvelopeRefused, openEnvelope, resealEnvelope, sealEnvelope } from './envelope.ts'
import { commitmentOf, keyRing, takeKey } from './key-ring.ts'

const ringFrom = (fill: number) => {
  const key = takeKey(new Uint8Array(32).fill(fill))
  const tenantKey = { version: 1, key, commitment: commitmentOf(key), isActive: true }
  return keyRing([tenantKey], tenantKey)
}
const ring = ringFrom(1)
const at: CellAddress = { table: 'recipients', column: 'account_number', row: 'rcp_1' }
const bytes = (text: string) => Buffer.from(text, 'utf8')

function open(envelope: Uint8Array, place = at, organizationId = 'org_1', keys = ring): string {
  const keyOf = (version: number) => keys.openingKey(version, place.table, place.column)
  return Buffer.from(openEnvelope(keyOf, organizationId, place, envelope)).toString('utf8')
}
function seal(text: string, place = at, organizationId = 'org_1', padTo?: number): Uint8Array {
  return sealEnvelope(ring.sealingKey(place.table, place.column), organizationId, place, bytes(text), padTo)
}

test('envelopes and indexes written by the first release are read for ever', () => {
  const plain =
    '0101000000018ac0f1ff4e07a10bd3d9d484de0c4a7e1b7445e22d4ea5d626dd440df1af8956c2dc32ec645a6cfeaf9d4af11953dfcf380cbd7a16'
  const padded =
    '0103000000018ac0f1ff4e07a10bd3d9d484de0c4a7e6b76ad0d2c6f45d2324520878fe8e57df69f0c135037dd6407f8ecd8312ed5819acb8ac6766c6e2a8bbeed0160d082660690dc0aeb29cc5b271e22cd'
  const index = 'ed54cd9b268a9794acef61bb3a4c67254c07c88065adeb8a6a4936198486bcef'
  expect(open(Buffer.from(plain, 'hex'))).toBe('123456789')
  expect(open(Buffer.from(padded, 'hex'))).toBe('123456789')
  expect(Buffer.from(ring.blindIndex('recipients.account', ['091000019', '123456789'])).toString('hex')).toBe(index)
})

test('AES-256-GCM answers as in the NIST vectors', () => {
  const key = createSecretKey(Buffer.alloc(32))
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12), { authTagLength: 16 })
  const text = Buffer.concat([cipher.update(Buffer.alloc(16)), cipher.final()])
  expect(text.toString('hex')).toBe('cea7403d4d606b6e074ec5d3baf39d18')
  expect(cipher.getAuthTag().toString('hex')).toBe('d0d1c8a799996bf0265b98b5d48ab919')
})

test('any text comes back, padded or not, and two envelopes of one text differ', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const [one, two] = [seal(text), seal(text)]
      expect(open(one)).toBe(text)
      expect(Buffer.from(one).equals(two)).toBe(false)
      expect(open(seal(text, at, 'org_1', 256))).toBe(text)
    }),
  )
})

test('a padded envelope does not tell how long the number is', () => {
  const sizes = ['1', '123456789', '12345678901234567'].map((number) => seal(number, at, 'org_1', 32).length)
  expect(sizes).toEqual([82, 82, 82])
  expect(() => seal('x'.repeat(32), at, 'org_1', 32)).toThrow('longer than the 31 bytes')
})

test.each([undefined, 32])('every single bit of an envelope counts (padding %s)', (padTo) => {
  const envelope = seal('123456789', at, 'org_1', padTo)
  for (let bit = 0; bit < envelope.length * 8; bit++) {
    const changed = Uint8Array.from(envelope)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(() => open(changed), `bit ${bit}`).toThrow(EnvelopeRefused)
  }
})

test('an envelope cut short or made longer is refused', () => {
  const envelope = seal('123456789')
  for (let length = 0; length < envelope.length; length++) {
    expect(() => open(envelope.subarray(0, length))).toThrow(EnvelopeRefused)
  }
  expect(() => open(Buffer.concat([envelope, Buffer.from([0])]))).toThrow(EnvelopeRefused)
})

test('a sealed value put into any other place does not open there', () => {
  const places = ['org_1', 'org_2'].flatMap((organizationId) =>
    ['recipients', 'bank_accounts'].flatMap((table) =>
      ['account_number', 'routing_number'].flatMap((column) =>
        ['r1', 'r2'].map((row) => ({ organizationId, at: { table, column, row } })),
      ),
    ),
  )
  for (const from of places) {
    const envelope = seal('123456789', from.at, from.organizationId)
    for (const to of places) {
      const opened = () => open(envelope, to.at, to.organizationId)
      if (to === from) expect(opened()).toBe('123456789')
      else expect(opened).toThrow(EnvelopeRefused)
    }
  }
})

test('parts of a place cannot be shifted into each other', () => {
  const envelope = seal('123456789', { table: 'a', column: 'bc', row: 'd' }, 'org')
  for (const place of [
    { table: 'a', column: 'bcd', row: '' },
    { table: 'a', column: 'b', row: 'cd' },
  ]) {
    expect(() => open(envelope, place, 'org')).toThrow(EnvelopeRefused)
  }
  expect(() => open(envelope, { table: '', column: 'bc', row: 'd' }, 'orga')).toThrow(EnvelopeRefused)
})

test('the key of another tenant is refused before anything is decrypted', () => {
  expect(() => open(seal('123456789'), at, 'org_1', ringFrom(2))).toThrow(EnvelopeRefused)
})

test('after a rotation the old key opens what it sealed, and only the new one seals', () => {
  const [old, fresh] = [1, 2].map((version) => {
    const key = takeKey(new Uint8Array(32).fill(version))
    return { version, key, commitment: commitmentOf(key), isActive: version === 2 }
  })
  if (!old || !fresh) throw new Error('two keys were made')
  const rotated = keyRing([old, fresh], fresh)
  const before = seal('123456789')
  const after = sealEnvelope(rotated.sealingKey(at.table, at.column), 'org_1', at, bytes('987654321'))
  expect(Buffer.from(after).readUInt32BE(2)).toBe(2)
  expect(open(before, at, 'org_1', rotated)).toBe('123456789')
  expect(open(after, at, 'org_1', rotated)).toBe('987654321')
  expect(() => open(after)).toThrow(EnvelopeRefused)
})

test('padding has its bounds, and what it hides is given back whole', () => {
  for (const padTo of [0, 257, -1]) expect(() => seal('', at, 'org_1', padTo)).toThrow('1–256 bytes')
  for (const padTo of [1, 2, 31, 32, 255, 256]) {
    const text = 'x'.repeat(padTo - 1)
    expect(open(seal(text, at, 'org_1', padTo))).toBe(text)
    expect(open(seal('', at, 'org_1', padTo))).toBe('')
    expect(() => seal(`${text}x`, at, 'org_1', padTo)).toThrow(`longer than the ${padTo - 1} bytes`)
  }
})

test('a value of no length is sealed too', () => {
  expect(seal('')).toHaveLength(50)
  expect(open(seal(''))).toBe('')
})

test('sealing anew keeps value, kind and padding, under the key of today', () => {
  const field = ring.sealingKey(at.table, at.column)
  const keyOf = (version: number) => ring.openingKey(version, at.table, at.column)
  for (const padTo of [undefined, 32, 128]) {
    const before = seal('123456789', at, 'org_1', padTo)
    const after = resealEnvelope(keyOf, field, 'org_1', at, before)
    expect(after.length).toBe(before.length)
    expect(after[1]).toBe(before[1])
    expect(Buffer.from(after).equals(before)).toBe(false)
    expect(open(after)).toBe('123456789')
  }
  const moved = () => resealEnvelope(keyOf, field, 'org_2', at, seal('123456789'))
  expect(moved).toThrow(EnvelopeRefused)
})

test('a padded text whose own length is a lie is refused', () => {
  const field = ring.sealingKey(at.table, at.column)
  const lie = (length: number, size: number) => {
    const iv = Buffer.alloc(12, 3)
    const cipher = createCipheriv('aes-256-gcm', field.key, iv, { authTagLength: 16 })
    cipher.setAAD(lengthPrefixed(['enc1-padded', 'org_1', at.table, at.column, at.row], 1))
    const text = Buffer.alloc(size)
    if (size > 0) text[0] = length
    const head = [Buffer.from([1, 3]), u32(1), field.commitment, iv]
    return Buffer.concat([...head, cipher.update(text), cipher.final(), cipher.getAuthTag()])
  }
  expect(open(lie(31, 32))).toBe('\0'.repeat(31))
  expect(() => open(lie(32, 32))).toThrow(EnvelopeRefused)
  expect(() => open(lie(255, 32))).toThrow(EnvelopeRefused)
  expect(() => open(lie(0, 0))).toThrow(EnvelopeRefused)
})

test('a part of a place has up to 65,535 bytes', () => {
  expect(lengthPrefixed(['x'.repeat(65_535)], 1)).toHaveLength(65_541)
  expect(() => lengthPrefixed(['x'.repeat(65_536)], 1)).toThrow('65,535')
  expect(lengthPrefixed(['ab', 'é'], 258).toString('hex')).toBe('00026162' + '0002c3a9' + '00000102')
  expect(u32(258).toString('hex')).toBe('00000102')
})

test('a key is taken over, and its bytes erased where they were', () => {
  const bytes = new Uint8Array(32).fill(5)
  expect(takeKey(bytes).export()).toEqual(Buffer.alloc(32, 5))
  expect(bytes).toEqual(new Uint8Array(32))
})

test('the key of a column is derived once', () => {
  expect(ring.sealingKey('t', 'c')).toBe(ring.sealingKey('t', 'c'))
  expect(ring.openingKey(1, 't', 'c')).toBe(ring.sealingKey('t', 'c'))
})

test('a ring without a key that seals is none', () => {
  const key = takeKey(new Uint8Array(32).fill(1))
  const tenantKey = { version: 1, key, commitment: commitmentOf(key), isActive: false }
  expect(() => keyRing([tenantKey], tenantKey)).toThrow('one active data key')
})

test('a refusal tells nothing of the value or the place', () => {
  const message = new EnvelopeRefused().message
  expect(message).not.toMatch(/\d|rcp|org/)
})
