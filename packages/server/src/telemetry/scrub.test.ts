import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shownText } from './scrub.ts'

test.each([
  ['Payroll 8800123456789', 'Payroll ••••6789'],
  ['RET_8800-1234-5678.ach', 'RET_••••5678.ach'],
  ['ACH_20261123_A000001_ab12cd34.ach', 'ACH_20261123_A000001_ab12cd34.ach'],
  ['20261123-000001.ach', '20261123-000001.ach'],
  ['220261123', '••••1123'],
  [
    'sub_01m84eqjc0f4n98v4hxdj5c0w4 by 2026-11-24T15:00:00.000Z',
    'sub_01m84eqjc0f4n98v4hxdj5c0w4 by 2026-11-24T15:00:00.000Z',
  ],
  ['a\r\nBcc: x@y.example', 'a  Bcc: x@y.example'],
  ['\u202Ehca.snruter', ' hca.snruter'],
])('%j is shown as %j', (text, shown) => expect(shownText(text)).toBe(shown))

test('no number of an account is whole in what is shown, wherever it stands, nor anything that begins a line', () => {
  const digits = fc.stringMatching(/^\d{9,17}$/)
  const around = fc.string({ unit: 'grapheme', maxLength: 12 })
  fc.assert(
    fc.property(around, digits, around, (before, number, after) => {
      const shown = shownText(`${before}${number}${after}`)
      expect(shown).not.toContain(number)
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }),
  )
})
