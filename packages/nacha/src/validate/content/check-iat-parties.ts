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
import { type Checker, FILLED } from '../checker.ts'

/** Reasons of an international payment; the others are the SEC code it would have had at home. */
const TYPES = 'ANN BUS DEP LOA MIS MOR PEN REM RLS SAL TAX ARC BOC MTE POP POS RCK SHR TEL WEB'

const needs =
  (...fields: readonly Field[]) =>
  (checker: Checker, index: number): void => {
    for (const field of fields) checker.expect(index, field, 'sec.iat.required', FILLED)
  }

function checkTypeCode(checker: Checker, index: number): void {
  const { transactionTypeCode, receiverName } = addenda10.field
  checker.expect(index, transactionTypeCode, 'sec.iat.type_code', TYPES.split(' '), `one of ${TYPES}`)
  needs(receiverName)(checker, index)
}

/** `City*State\` and `CC*Code\`: each ends with a backslash, its parts are divided by an asterisk. */
const place = (cityState: Field, countryPostalCode: Field) => (checker: Checker, index: number) => {
  const parts = /^[^*\\]+\*[^*\\]*\\$/
  checker.expect(index, cityState, 'sec.iat.delimiters', parts, 'the form City*State\\')
  checker.expect(index, countryPostalCode, 'sec.iat.delimiters', parts, 'the form CC*PostalCode\\')
  const country = checker.text(index, countryPostalCode).split('*')[0] ?? ''
  if (/^[^\\]+$/.test(country) && !ISO_COUNTRIES.includes(country)) {
    const message = 'Expected a country code of ISO 3166 before the *'
    checker.fault('sec.iat.country', index, countryPostalCode, message)
  }
}

/** Name, qualifier, identification and country of a bank stand alike in addenda 13, 14 and 18. */
interface BankLayout {
  readonly fields: readonly [type: Field, addendaType: Field, Field, Field, Field, Field, ...others: Field[]]
}

const bank =
  ({ fields: [, , name, qualifier, id, country] }: BankLayout) =>
  (checker: Checker, index: number) => {
    needs(name, id)(checker, index)
    const qualifiers = '01 (national), 02 (BIC) or 03 (IBAN)'
    checker.expect(index, qualifier, 'sec.iat.qualifier', /^0[123]$/, qualifiers)
    checkCountry(checker, index, country)
  }

/** The country in a field of its own. */
export function checkCountry(checker: Checker, index: number, field: Field): void {
  checker.expect(index, field, 'sec.iat.country', ISO_COUNTRIES, 'a country code of ISO 3166')
}

/** The checks of the addenda of an IAT entry, by the name of their table. */
export const IAT_CONTENT = {
  addenda10: checkTypeCode,
  addenda11: needs(addenda11.field.originatorName, addenda11.field.originatorStreetAddress),
  addenda12: place(addenda12.field.originatorCityState, addenda12.field.originatorCountryPostalCode),
  addenda13: bank(addenda13),
  addenda14: bank(addenda14),
  addenda15: needs(addenda15.field.receiverStreetAddress),
  addenda16: place(addenda16.field.receiverCityState, addenda16.field.receiverCountryPostalCode),
  addenda18: bank(addenda18),
}
