import { addenda05 } from '../../records/addenda-05.ts'
import type { BatchFacts, EntryFacts } from '../batch-facts.ts'
import type { Checker } from '../checker.ts'

const { paymentRelatedInformation } = addenda05.field
const DEATH_NOTICE =
  /^DATE OF DEATH\*(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d\d\*CUSTOMER ?SSN\*(\d{9}|#{9})\*AMOUNT\*.+\\$/
/** Code, 8 digits of the bank, check digit, account, number, surname, first name, flag. */
const ENROLMENT = /^(22|27|32|37)\*\d{8}\*\d\*[^*]{1,17}\*\d{9}\*[^*]{1,15}\*[^*]{0,15}\*[01AB]\\$/

/** In these SEC codes the texts of several addenda are one, cut every 80 characters. */
const JOINED: readonly string[] = ['CTX', 'ATX', 'TRX']

export function checkAddenda05(checker: Checker, index: number, _: EntryFacts, { secCode }: BatchFacts): void {
  const text = checker.text(index, paymentRelatedInformation)
  if (secCode === 'DNE' && !DEATH_NOTICE.test(text)) {
    const message = 'Expected DATE OF DEATH*MMDDYY*CUSTOMER SSN*9 digits*AMOUNT*dollars.cents\\'
    checker.fault('sec.dne.text', index, paymentRelatedInformation, message)
  } else if (secCode === 'ENR' && !ENROLMENT.test(text)) {
    const message = 'Expected code*bank*check digit*account*number*surname*first name*flag\\'
    checker.fault('sec.enr.text', index, paymentRelatedInformation, message)
  } else if (text.includes('*') && !text.endsWith('\\') && !JOINED.includes(secCode)) {
    const message = "Data elements (*) end with a backslash '\\'"
    checker.fault('addenda05.delimiters', index, paymentRelatedInformation, message)
  }
}
