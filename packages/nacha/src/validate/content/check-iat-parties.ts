import type { Field } from '../../field.ts'
import { ISO_COUNTRIES } from '../../iso-codes.ts'
import { addenda10 } from '../../records/addenda-10.ts'
import { addenda11 } from '../../records/addenda-11.ts'
import { addenda12 } from '../../records/addenda-12.ts'
import { addenda13 } from '../../records/addenda-13.ts'
import { addenda14 } from '../../records/addenda-14.ts'
import { addenda15 } from '../../records/addenda-15.ts'
import { addenda16 } from '../../records/addenda-16.ts'
import { addenda18 } from '../../records/addenda-18.ts'
import type { Checker } from '../checker.ts'

/** Reasons of an international payment; the others are the SEC code it would have had at home. */
const REASONS: readonly string[] = 'ANN BUS DEP LOA MIS MOR PEN REM RLS SAL TAX'.split(' ')
const AT_HOME: readonly string[] = 'ARC BOC MTE POP POS RCK SHR TEL WEB'.split(' ')

const needs =
  (...fields: readonly Field[]) =>
  (checker: Checker, index: number): void => {
    for (const field of fields) {
      if (checker.isBlank(index, field)) checker.fault('sec.iat.required', index, field, 'This must be given')
    }
  }

function checkTypeCode(checker: Checker, index: number): void {
  const { transactionTypeCode, receiverName } = addenda10.field
  const code = checker.text(index, transactionTypeCode)
  if (!REASONS.includes(code) && !AT_HOME.includes(code)) {
    const message = `Expected one of ${REASONS.join(' ')} ${AT_HOME.join(' ')}`
    checker.fault('sec.iat.type_code', index, transactionTypeCode, message)
  }
  needs(receiverName)(checker, index)
}

/** `City*State\` and `CC*Code\`: each ends with a backslash, its parts are divided by an asterisk. */
const place = (cityState: Field, countryPostalCode: Field) => (checker: Checker, index: number) => {
  for (const field of [cityState, countryPostalCode]) {
    if (!/^[^*\\]+\*[^*\\]*\\$/.test(checker.text(index, field))) {
      const form = field === cityState ? 'City*State\\' : 'CC*PostalCode\\'
      checker.fault('sec.iat.delimiters', index, field, `Expected the form ${form}`)
    }
  }
  const country = checker.text(index, countryPostalCode).split('*')[0] ?? ''
  if (/^[^*\\]+$/.test(country) && !ISO_COUNTRIES.includes(country)) {
    checker.fault(
      'sec.iat.country',
      index,
      countryPostalCode,
      'Expected a country code of ISO 3166 before the asterisk',
    )
  }
}

interface BankFields {
  readonly name: Field
  readonly qualifier: Field
  readonly id: Field
  readonly country: Field
}

const bank =
  ({ name, qualifier, id, country }: BankFields) =>
  (checker: Checker, index: number) => {
    needs(name, id)(checker, index)
    if (!['01', '02', '03'].includes(checker.text(index, qualifier))) {
      const message = 'Expected 01 (national clearing number), 02 (BIC) or 03 (IBAN)'
      checker.fault('sec.iat.qualifier', index, qualifier, message)
    }
    if (!ISO_COUNTRIES.includes(checker.text(index, country))) {
      checker.fault('sec.iat.country', index, country, 'Expected a country code of ISO 3166, two letters')
    }
  }

const [of13, of14, of18] = [addenda13.field, addenda14.field, addenda18.field]

/** The checks of the addenda of an IAT entry, by the name of their table. */
export const IAT_CONTENT = {
  addenda10: checkTypeCode,
  addenda11: needs(addenda11.field.originatorName, addenda11.field.originatorStreetAddress),
  addenda12: place(addenda12.field.originatorCityState, addenda12.field.originatorCountryPostalCode),
  addenda13: bank({
    name: of13.odfiName,
    qualifier: of13.odfiIdQualifier,
    id: of13.odfiId,
    country: of13.odfiBranchCountryCode,
  }),
  addenda14: bank({
    name: of14.rdfiName,
    qualifier: of14.rdfiIdQualifier,
    id: of14.rdfiId,
    country: of14.rdfiBranchCountryCode,
  }),
  addenda15: needs(addenda15.field.receiverStreetAddress),
  addenda16: place(addenda16.field.receiverCityState, addenda16.field.receiverCountryPostalCode),
  addenda18: bank({
    name: of18.correspondentBankName,
    qualifier: of18.correspondentBankIdQualifier,
    id: of18.correspondentBankId,
    country: of18.correspondentBankBranchCountryCode,
  }),
}
