import { createRequire } from 'node:module'
import { AchFile, parse, validate } from 'achkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildFile } from './build-file.ts'
import { decodeFile } from './decode-file.ts'
import { encodeFile } from './encode-file.ts'
import { fileInput } from './testing/arbitrary.ts'
import { validateFile } from './validate-file.ts'

const require = createRequire(import.meta.url)
const nach2 = require('nach2')

/** achkit reads 9-digit origins only: anything else as origin is a matter between company and bank. */
const readable = fileInput.map((input) => ({ ...input, immediateOrigin: input.immediateDestination }))

test('another codec accepts what we write and reads the same payments', () => {
  fc.assert(
    fc.property(readable, (input) => {
      const { file, violations } = buildFile(input)
      if (!file) throw new Error(JSON.stringify(violations))
      const text = new TextDecoder().decode(encodeFile(file))
      expect(validate(text)).toEqual({ ok: true, errors: [] })
      const read = parse(text).batches.flatMap((batch) => batch.entries)
      const given = input.batches.flatMap((batch) => batch.entries)
      expect(
        read.map((each) => [each.txnCode, each.routing, each.account, each.amountCents, each.idNumber, each.name]),
      ).toEqual(
        given.map((each) => [
          each.transactionCode,
          each.routingNumber,
          each.accountNumber,
          each.amountCents,
          each.individualIdentification,
          each.individualName,
        ]),
      )
      expect(read.map(({ addenda }) => addenda.map(({ info }) => info))).toEqual(given.map(({ addenda }) => addenda))
    }),
  )
})

function paymentsOf(text: string) {
  const { file } = decodeFile(new TextEncoder().encode(text))
  const entries = file?.batches.flatMap((batch) => [...batch.entries]) ?? []
  return entries.map((each) => [each.transactionCode, each.routingNumber, each.accountNumber, each.amountCents])
}

test('what achkit writes reads as it was meant; the company name it leaves out is named', () => {
  const theirs = AchFile.create({ originDfi: '091000019', companyId: '1234567890' })
  theirs
    .batch({ sec: 'PPD', description: 'PAYROLL', effectiveDate: '2099-11-23' })
    .credit({ name: 'JANE DOE', routing: '011401533', account: '0072', amountCents: 124_050 })
    .debit({ name: 'ACME LLC', routing: '091000019', account: '1899', amountCents: 124_050 })
  const text = theirs.render()
  const errors = validateFile(new TextEncoder().encode(text)).filter(({ severity }) => severity === 'error')
  expect(errors.map(({ rule }) => rule)).toEqual(['batch.header.company_name.required'])
  expect(paymentsOf(text)).toEqual([
    [22, '011401533', '0072', 124_050],
    [27, '091000019', '1899', 124_050],
  ])
})

test('what nach2 writes reads as it was meant; its batch number zero is named', async () => {
  const party = { immediateDestination: '091000019', immediateOrigin: '091000019' }
  const names = { immediateDestinationName: 'BANK', immediateOriginName: 'ACME TOOLS', referenceCode: 'A1' }
  const theirs = new nach2.File({ ...party, ...names })
  const batch = new nach2.Batch({
    serviceClassCode: '220',
    companyName: 'ACME TOOLS',
    standardEntryClassCode: 'PPD',
    companyIdentification: '1234567890',
    companyEntryDescription: 'PAYROLL',
    companyDescriptiveDate: 'NOV 23',
    effectiveEntryDate: new Date(2099, 10, 23),
    originatingDFI: '091000019',
  })
  const common = { receivingDFI: '231380104', idNumber: 'E1', individualName: 'JANE DOE', discretionaryData: 'A1' }
  batch.addEntry(new nach2.Entry({ ...common, DFIAccount: '12340', amount: '12.50', transactionCode: '22' }))
  batch.addEntry(new nach2.Entry({ ...common, DFIAccount: '12341', amount: '1240.50', transactionCode: '32' }))
  theirs.addBatch(batch)
  const text = await new Promise<string>((resolve) => theirs.generateFile(resolve))
  const found = validateFile(new TextEncoder().encode(text)).map(({ rule }) => rule)
  expect(found).toEqual(['batch.header.batch_number.format'])
  expect(paymentsOf(text)).toEqual([
    [22, '231380104', '12340', 1_250],
    [32, '231380104', '12341', 124_050],
  ])
})
