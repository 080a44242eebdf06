import { parse, validate } from 'achkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildFile } from './build-file.ts'
import { encodeFile } from './encode-file.ts'
import { fileInput } from './testing/arbitrary.ts'

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
