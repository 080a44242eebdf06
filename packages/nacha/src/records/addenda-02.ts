import { defineRecord, digits, literal, text } from '../field.ts'

/** The terminal of a POS or SHR entry; transactionDate is MMDD. */
export const addenda02 = defineRecord('addenda02', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '02'),
  text('referenceInformation1', 4, 10, 'optional'),
  text('referenceInformation2', 11, 13, 'optional'),
  text('terminalIdentification', 14, 19, 'required'),
  text('transactionSerialNumber', 20, 25, 'required'),
  digits('transactionDate', 26, 29, 'required'),
  text('authorizationCode', 30, 35, 'optional'),
  text('terminalLocation', 36, 62, 'required'),
  text('terminalCity', 63, 77, 'required'),
  text('terminalState', 78, 79, 'required'),
  digits('traceNumber', 80, 94, 'mandatory'),
])

/** The terminal of an MTE entry; transactionDate is MMDD, transactionTime HHMMSS. */
export const addenda02Mte = defineRecord('addenda02Mte', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '02'),
  text('transactionDescription', 4, 10, 'required'),
  text('networkIdentification', 11, 13, 'optional'),
  text('terminalIdentification', 14, 19, 'required'),
  text('transactionSerialNumber', 20, 25, 'required'),
  digits('transactionDate', 26, 29, 'required'),
  digits('transactionTime', 30, 35, 'required'),
  text('terminalLocation', 36, 62, 'required'),
  text('terminalCity', 63, 77, 'required'),
  text('terminalState', 78, 79, 'required'),
  digits('traceNumber', 80, 94, 'mandatory'),
])
