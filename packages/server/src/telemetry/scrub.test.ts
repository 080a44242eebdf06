import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shownText } from './scrub.ts'

test.each([
  ['Payroll 8800123456789', 'Payroll ••••6789'],
  ['RET_8800-1234-5678.ach', 'RET_••••5678.ach'],
  ['ACH_20261123_A000001_ab12cd34.ach', 'ACH_20261123_A000001_ab12cd34.ach'],
  ['20261123_000001.ach', '20261123_000001.ach'],
  ['returns-20261125-1.ach', 'returns-20261125-1.ach'],
  ['RET-20261123-x.ach', 'RET-20261123-x.ach'],
  ['20261123-000001.ach', '••••0001.ach'],
  ['7-20261123-1', '••••1231'],
  ['Week 47 2026-11-23 12 people', 'Week 47 2026-11-23 12 people'],
  ['1234-20241231-5678', '••••5678'],
  ['1234 20241231', '••••1231'],
  ['20241231-5678.ach', '••••5678.ach'],
  ['1234-2024-12-31', '••••1231'],
  ['220261123', '••••1123'],
  [
    'sub_01m84eqjc0f4n98v4hxdj5c0w4 by 2026-11-24T15:00:00.000Z',
    'sub_01m84eqjc0f4n98v4hxdj5c0w4 by 2026-11-24T15:00:00.000Z',
  ],
  ['a\r\nBcc: x@y.example', 'a  Bcc: x@y.example'],
  ['\u202Ehca.snruter', ' hca.snruter'],
])('%j is shown as %j', (text, shown) => expect(shownText(text)).toBe(shown))

test('digits that a number could be written with are not told from a day among them', () => {
  const group = fc.stringMatching(/^\d{1,9}$/)
  const joint = fc.constantFrom('-', ' ')
  const day = fc.constantFrom('20241231', '20261123', '20000101')
  fc.assert(
    fc.property(
      fc.array(group, { maxLength: 2 }),
      day,
      fc.array(group, { maxLength: 2 }),
      joint,
      (before, on, after, by) => {
        // The number of a file of that day.
        fc.pre(before.length > 0 || after.join('').length > 3 || (after.length === 1 && by === ' '))
        const shown = shownText(`Ret_${[...before, on, ...after].join(by)}.ach`)
        expect(shown.replaceAll(/\D/g, '').length).toBe(4)
      },
    ),
  )
})

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
