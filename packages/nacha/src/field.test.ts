import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RECORD_LENGTH } from './field.ts'
import { readRecord } from './read-field.ts'
import { RECORD_LAYOUTS } from './record-layouts.ts'
import { valuesFor } from './testing/arbitrary.ts'
import { writeRecord } from './write-field.ts'

describe.each(RECORD_LAYOUTS.map((layout) => ({ name: layout.name, layout })))('$name', ({ layout }) => {
  const { fields } = layout

  test('the table fills the record without gap, each name once', () => {
    let next = 0
    for (const { name, start, column, length, last, kind, value } of fields) {
      expect([name, start, column]).toEqual([name, next, next + 1])
      expect(length).toBeGreaterThan(0)
      if (kind === 'literal') expect(value).toHaveLength(length)
      next = last
    }
    expect(next).toBe(RECORD_LENGTH)
    expect(Object.keys(layout.field)).toEqual(fields.map(({ name }) => name))
  })

  test('what is written reads back as it was', () => {
    fc.assert(
      fc.property(valuesFor(fields), (values) => {
        const bytes = new Uint8Array(RECORD_LENGTH)
        expect(writeRecord(bytes, 0, layout, values as never)).toEqual([])
        expect(readRecord(bytes, 0, layout)).toEqual(values)
      }),
    )
  })

  test('what is read writes the same bytes', () => {
    fc.assert(
      fc.property(valuesFor(fields), (values) => {
        const bytes = new Uint8Array(RECORD_LENGTH)
        writeRecord(bytes, 0, layout, values as never)
        const again = new Uint8Array(RECORD_LENGTH)
        writeRecord(again, 0, layout, readRecord(bytes, 0, layout) as never)
        expect(again).toEqual(bytes)
      }),
    )
  })

  test('a value one character too long is refused and its field named; its neighbours stay as they are', () => {
    for (const field of fields) {
      if (field.kind === 'literal' || field.kind === 'blank') continue
      const values = fc.sample(valuesFor(fields), { numRuns: 1, seed: 1 })[0] ?? {}
      const long = field.kind === 'number' ? 10 ** field.length : '1'.repeat(field.length + 1)
      const bytes = new Uint8Array(RECORD_LENGTH)
      const misfits = writeRecord(bytes, 0, layout, { ...values, [field.name]: long } as never)
      expect(misfits.map(({ name }) => name)).toEqual([field.name])
      const { [field.name]: _, ...others } = readRecord(bytes, 0, layout) as Record<string, unknown>
      const { [field.name]: __, ...expected } = values as Record<string, unknown>
      expect(others).toEqual(expected)
    }
  })
})
