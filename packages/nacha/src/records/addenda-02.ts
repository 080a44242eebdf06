import { defineRecord, digits, literal, text } from '../field.ts'

/** The terminal of a POS or SHR entry; transactionDate is MMDD. */
export const addenda02 = defineRecord('addenda02', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '02'),
  text('referenceInformation1', 10, 'optional'),
  text('referenceInformation2', 13, 'optional'),
  text('terminalIdentification', 19, 'required'),
  text('transactionSerialNumber', 25, 'required'),
  digits('transactionDate', 29, 'required'),
  text('authorizationCode', 35, 'optional'),
  text('terminalLocation', 62, 'required'),
  text('terminalCity', 77, 'required'),
  text('terminalState', 79, 'required'),
  digits('traceNumber', 94),
])

/** The terminal of an MTE entry; transactionDate is MMDD, transactionTime HHMMSS. */
export const addenda02Mte = defineRecord('addenda02Mte', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '02'),
  text('transactionDescription', 10, 'required'),
  text('networkIdentification', 13, 'optional'),
  text('terminalIdentification', 19, 'required'),
  text('transactionSerialNumber', 25, 'required'),
  digits('transactionDate', 29, 'required'),
  digits('transactionTime', 35, 'required'),
  text('terminalLocation', 62, 'required'),
  text('terminalCity', 77, 'required'),
  text('terminalState', 79, 'required'),
  digits('traceNumber', 94),
])
