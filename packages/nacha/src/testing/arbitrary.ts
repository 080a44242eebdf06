import fc from 'fast-check'
import { addBankingDays } from '../banking-day.ts'
import { civilDate } from '../civil-date.ts'
import type { Field } from '../field.ts'
import type { EntryInput, FileInput, StandardBatchInput } from '../input.ts'
import { checkDigitOf } from '../routing-number-problem.ts'

const SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,-/&'()#*:+@$%;"
const SAFE_OR_BLANK = `${SAFE} `
/** Also what Windows-1252 has beyond ASCII. */
const WIDE = `${SAFE_OR_BLANK}ÄÖÜäöüßéñ€‰Žœ†•`

/** Text up to `length` that neither begins nor ends with a blank. */
export function safeText(length: number, minimum = 1, characters = SAFE_OR_BLANK): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...characters), { minLength: minimum, maxLength: length })
    .map((found) => found.join('').trim())
    .filter((text) => text.length >= minimum && !/^[0 ]+$/.test(text))
}

export const date = fc
  .record({
    year: fc.integer({ min: 2000, max: 2099 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ year, month, day }) => civilDate(year, month, day))

const fixedDigits = (length: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength: length, maxLength: length }).map((found) => found.join(''))

function valueFor(field: Field): fc.Arbitrary<string | number> {
  if (field.kind === 'number') return fc.integer({ min: 0, max: 10 ** field.length - 1 })
  if (field.kind === 'date') return date
  if (field.kind === 'digits') {
    return field.inclusion === 'optional'
      ? fc.oneof(fc.constant(''), fixedDigits(field.length))
      : fixedDigits(field.length)
  }
  return fc.array(fc.constantFrom(...WIDE), { maxLength: field.length }).map((found) => found.join('').trimEnd())
}

/** Values of every kind that fit the fields of a record. */
export function valuesFor(fields: readonly Field[]): fc.Arbitrary<Record<string, string | number>> {
  const valued = fields.filter(({ kind }) => kind !== 'literal' && kind !== 'blank')
  return fc.record(Object.fromEntries(valued.map((field) => [field.name, valueFor(field)])))
}

export const routingNumber = fc
  .tuple(fc.constantFrom('01', '02', '09', '12', '21', '26', '32'), fc.integer({ min: 0, max: 999_999 }))
  .map(([prefix, rest]) => prefix + String(rest).padStart(6, '0'))
  .map((eight) => eight + checkDigitOf(eight))

const account = fc
  .array(fc.constantFrom(...'123456789ABCxyz-'), { minLength: 1, maxLength: 17 })
  .map((found) => `1${found.slice(1).join('')}`)

const entry = (codes: readonly number[]): fc.Arbitrary<EntryInput> =>
  fc.record({
    transactionCode: fc.constantFrom(...codes),
    routingNumber,
    accountNumber: account,
    amountCents: fc.integer({ min: 1, max: 9_999_999 }),
    individualName: safeText(22),
    individualIdentification: safeText(15),
    discretionaryData: fc.constantFrom('', 'S', 'AK'),
    addenda: fc.oneof(
      fc.constant([]),
      safeText(79).map((text) => [`${text}\\`]),
    ),
  })

const batch = (effectiveEntryDate: string): fc.Arbitrary<StandardBatchInput> =>
  fc.record({
    secCode: fc.constantFrom('PPD', 'CCD'),
    companyName: safeText(16),
    companyDiscretionaryData: safeText(20),
    companyIdentification: safeText(10),
    companyEntryDescription: safeText(9).map((text) => `X${text}`),
    companyDescriptiveDate: safeText(6),
    effectiveEntryDate: fc.constant(effectiveEntryDate),
    odfiIdentification: routingNumber.map((nine) => nine.slice(0, 8)),
    entries: fc.array(entry([22, 32, 27, 37]), { minLength: 1, maxLength: 8 }),
  })

/** Inputs that `buildFile` must take. */
export const fileInput: fc.Arbitrary<FileInput> = date
  .filter((day) => day < '2099-12-01')
  .chain((day) =>
    fc.record({
      immediateDestination: routingNumber,
      immediateOrigin: safeText(10),
      immediateDestinationName: safeText(23),
      immediateOriginName: safeText(23),
      fileCreationDate: fc.constant(day),
      fileCreationTime: fc.constantFrom('0000', '0915', '2359'),
      fileIdModifier: fc.constantFrom(...'ABCXYZ0189'),
      referenceCode: safeText(8),
      batches: fc.array(batch(addBankingDays(day, 1)), { minLength: 1, maxLength: 4 }),
    }),
  )
