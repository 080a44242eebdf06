import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isMasked } from '../account-number.ts'
import { decodeFile } from '../decode-file.ts'
import { encodeFile, type LineEnding } from '../encode-file.ts'
import { RECORD_LAYOUTS } from '../record-layouts.ts'
import { anyFile, built } from '../testing/any-file.ts'
import { fileWith, sampleBatch, sampleEntry, sampleFile } from '../testing/sample-input.ts'
import { SEC_SAMPLES } from '../testing/sec-samples.ts'
import { validateFile } from '../validate-file.ts'
import { annotate } from './annotate.ts'
import { describeFile, descriptionLines } from './describe-file.ts'
import { diffFiles } from './diff-files.ts'
import { flattenBatches } from './flatten-batches.ts'
import { maskFile } from './mask-file.ts'
import { hasMaskKind, maskKindOf } from './mask-kind.ts'
import { mergeFiles } from './merge-files.ts'
import { segmentFile } from './segment-file.ts'
import { toJson, toJsonText } from './to-json.ts'

const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)
const masked = (file: Parameters<typeof encodeFile>[0]) => {
  const { file: found } = decodeFile(maskFile(encodeFile(file)))
  if (!found) throw new Error('not read')
  return found
}

describe('masking', () => {
  test('every field of every record is said to be hidden or open', () => {
    for (const { name, fields } of RECORD_LAYOUTS) {
      for (const field of fields) {
        if (field.kind !== 'literal' && field.kind !== 'blank')
          expect([name, field.name, hasMaskKind(field.name)]).toEqual([name, field.name, true])
      }
    }
    expect(maskKindOf({ name: 'somethingNew', kind: 'text' })).toBe('text')
  })

  test('hides long numbers in texts that are else open', () => {
    const header = { companyName: 'ACME 55512345678', companyDiscretionaryData: 'ACCT 998877665' }
    const file = built(sampleFile({ batches: [sampleBatch(header)], immediateOriginName: 'ACME 091000019' }))
    for (const shown of [
      text(maskFile(encodeFile(file))),
      [...descriptionLines(file)].join(),
      [...descriptionLines(describeFile(file))].join(),
      JSON.stringify(toJson(file, { masked: true })),
      JSON.stringify(diffFiles(file, built(sampleFile()))),
    ]) {
      expect(shown).toContain('ACME XXXX')
      expect(shown).not.toMatch(/55512345678|998877665|091000019|09100001/)
    }
  })

  test('keeps the length, hides every account and bank, and keeps amounts, counts and totals as right as they were', () => {
    fc.assert(
      fc.property(anyFile, fc.constantFrom<LineEnding>('\n', '\r\n', ''), (file, lineEnding) => {
        const bytes = encodeFile(file, { lineEnding })
        const hidden = maskFile(bytes)
        expect(hidden).toHaveLength(bytes.length)
        const { file: after } = decodeFile(hidden)
        for (const [index, batch] of file.batches.entries()) {
          for (const [at, entry] of [...batch.entries].entries()) {
            const shown = after?.batches[index]?.entries.at(at)
            const { accountNumber } = entry
            expect(shown?.accountNumber).toHaveLength(accountNumber.length)
            const tail = Math.min(4, Math.max(0, accountNumber.length - 4))
            const expected = 'X'.repeat(accountNumber.length - tail) + accountNumber.slice(accountNumber.length - tail)
            expect(shown?.accountNumber).toBe(expected)
            expect(shown?.amountCents).toBe(entry.amountCents)
            expect(shown?.routingNumber).toBe(`XXXXX${entry.routingNumber.slice(5)}`)
          }
        }
        const controls = (each: Uint8Array) =>
          validateFile(each).filter(({ rule }) => /^(batch|file)\.control\.(total|count|batch_count|block)/.test(rule))
        expect(controls(hidden)).toEqual(controls(bytes))
      }),
      { numRuns: 60 },
    )
  })

  test('twice changes nothing more', () => {
    fc.assert(
      fc.property(anyFile, (file) => {
        const once = maskFile(encodeFile(file))
        expect(maskFile(once)).toEqual(once)
      }),
      { numRuns: 30 },
    )
  })

  test('shows initials and hides identification and addenda, but for what separates their parts', () => {
    const entry = sampleEntry({ individualIdentification: 'EMP-0042', addenda: ['RMR4*IV*4711**12500\\'] })
    const shown = masked(built(sampleFile({ batches: [sampleBatch({ entries: [entry] })] }))).batches[0]?.entries.at(0)
    expect(shown).toMatchObject({
      individualName: 'J... D..',
      individualIdentification: `${'X'.repeat(3)}-XXXX`,
      accountNumber: 'XXXX5678',
      addenda: ['XXXX*XX*XXXX**XXXXX\\'],
    })
    expect(isMasked(shown?.accountNumber ?? '')).toBe(true)
  })

  test('hides cards, parties of IAT, corrected data and what a return says', () => {
    const names = ['pos', 'iat', 'iat-return', 'cor', 'enr', 'dne']
    const all = names.map((name) => text(maskFile(encodeFile(built(fileWith(SEC_SAMPLES[name] ?? [])))))).join('\n')
    for (const secret of [
      '1234567891123456',
      '9876543210987654',
      'FRONT STREET',
      'LETTERTOWN',
      '987654321',
      '12345678901234567',
      '*0012345678*',
      '900123456',
      'MILLER',
    ]) {
      expect(all).not.toContain(secret)
    }
    // Countries, and the fields that a dishonored return lists, say nothing about the receiver.
    expect(all).toContain('CA*XXXXX\\')
    expect(text(maskFile(encodeFile(built(fileWith(SEC_SAMPLES['returns'] ?? [])))))).toContain('01*03')
  })

  test('works line by line on what cannot be read', () => {
    const line = (start: string, rest = '') => start.padEnd(94) + rest
    const entry = text(encodeFile(built(sampleFile()))).split('\n')[2] ?? ''
    const broken = [
      line('garbage 12345678'),
      entry,
      `${entry}12345678`,
      entry.slice(0, 60),
      line(`799XX1${' '.repeat(29)}12345678`),
    ]
    const hidden = text(maskFile(new TextEncoder().encode(broken.join('\r\n'))))
    expect(hidden).toHaveLength(broken.join('\r\n').length)
    expect(hidden).not.toContain('12345678')
    expect(hidden).not.toContain('JANE')
    expect(hidden).toContain('XXXX5678')
  })

  test('hides numbers in files into which something was put or from which something is gone, too', () => {
    const entry = sampleEntry({ accountNumber: '55512345678' })
    const whole = text(encodeFile(built(sampleFile({ batches: [sampleBatch({ entries: [entry] })] }))))
    const change = fc.record({
      at: fc.nat(whole.length - 1),
      gone: fc.nat(12),
      put: fc.string({ unit: fc.constantFrom(...' 0X-\r\né'), maxLength: 24 }),
    })
    fc.assert(
      fc.property(change, ({ at, gone, put }) => {
        const damaged = whole.slice(0, at) + put + whole.slice(at + gone)
        for (const bytes of [Buffer.from(damaged, 'utf8'), Buffer.from(damaged, 'latin1')]) {
          const { file } = decodeFile(bytes, { profile: 'lenient' })
          const shown = [text(maskFile(bytes)), JSON.stringify(annotate(bytes))]
          if (file) shown.push([...descriptionLines(file)].join(), [...toJsonText(file, { masked: true })].join(''))
          for (const each of shown) expect(each).not.toMatch(/55512345678|23138010|09100001/)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('finds the account behind characters of several bytes, and keeps bytes and characters', () => {
    const lines = text(encodeFile(built(sampleFile({ batches: [sampleBatch({ companyName: 'CAFE' })] })))).split('\n')
    const wide = lines.map((each, index) =>
      index === 1 ? each.replace('CAFE', 'CAFÉ') : each.replace('JANE DOE', 'JÄNE D€E'),
    )
    const bytes = new TextEncoder().encode(wide.join('\n'))
    const hidden = maskFile(bytes)
    expect(hidden).toHaveLength(bytes.length)
    const again = new TextDecoder('utf-8', { fatal: true }).decode(hidden)
    expect([...again]).toHaveLength([...wide.join('\n')].length)
    expect(again).toContain('XXXX5678')
    expect(again).toContain('J×.. D•.')
  })

  test('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(maskFile(bytes)).toHaveLength(bytes.length)
        annotate(bytes)
      }),
    )
  })
})

describe('what shows a file hides its receivers unless told otherwise', () => {
  const file = built(
    sampleFile({ batches: [sampleBatch({ entries: [sampleEntry({ accountNumber: '55512345678' })] })] }),
  )

  test.each([
    ['descriptions', () => [...descriptionLines(describeFile(file))].join()],
    ['annotations', () => JSON.stringify(annotate(encodeFile(file)))],
    ['masked JSON', () => JSON.stringify(toJson(file, { masked: true }))],
  ])('%s', (_, shown) => {
    expect(shown()).not.toMatch(/55512345678|JANE/)
    expect(shown()).toContain('XXXXXXX5678')
  })

  test('nothing that could be sent is made of a masked file', () => {
    const hidden = masked(file)
    const place = { code: 'account.masked', batch: 0, entry: 0 }
    expect(mergeFiles([hidden]).problems).toMatchObject([place])
    expect(segmentFile(hidden).problems).toMatchObject([place])
    expect(flattenBatches(hidden).problems).toMatchObject([place])
  })

  test('clear text is for who asks for it', () => {
    expect([...descriptionLines(describeFile(file, { masked: false }))].join()).toMatch(/55512345678 at bank 231380104/)
    expect(JSON.stringify(annotate(encodeFile(file), { masked: false }))).toContain('55512345678')
  })
})
