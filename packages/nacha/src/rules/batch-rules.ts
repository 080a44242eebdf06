import { rule } from './rule.ts'

/** Batch header and batch control (reference 7.3). */
export const batchRules = {
  'batch.entries.none': rule('error', 'A batch has entries.'),
  'batch.header.service_class': rule('error', 'The service class code is 200, 220 or 225.'),
  'batch.header.service_class.adv': rule('error', 'Service class 280 is for ADV batches only.'),
  'batch.header.company_name.required': rule('error', 'The company name is given.'),
  'batch.header.company_name.zero': rule('error', 'The company name is not only zeros.'),
  'batch.header.company_identification.required': rule('error', 'The company identification is given.'),
  'batch.header.company_identification.zero': rule('error', 'The company identification is not only zeros.'),
  'batch.header.entry_description.required': rule('error', 'The company entry description is given.'),
  'batch.header.entry_description.zero': rule('error', 'The company entry description is not only zeros.'),
  'batch.header.characters': rule(
    'off',
    'The texts of the batch header keep to the characters every bank takes.',
    'error',
  ),
  'batch.header.sec': rule('error', 'The standard entry class code is one that Nacha defines, in upper case.'),
  'batch.header.originator_status': rule('error', 'The originator status code is 1 or 2; 0 is for ADV.'),
  'batch.header.odfi.required': rule('error', 'The ODFI identification is given.'),
  'batch.header.odfi.format': rule('error', 'The ODFI identification is 8 digits.'),
  'batch.header.odfi.prefix': rule(
    'warning',
    'The ODFI identification begins with two digits that the ABA has assigned.',
    'error',
  ),
  'batch.header.batch_number.format': rule('error', 'The batch number is 7 digits, from 0000001.'),
  'batch.header.settlement_date': rule('warning', 'The settlement date is blank or a day of the year, 001 to 366.'),
  'batch.header.settlement_date.outgoing': rule('off', 'The settlement date is left to the Operator.', 'error'),
  'batch.control.service_class': rule('error', 'Batch control and header have the same service class code.'),
  'batch.control.company_identification': rule(
    'error',
    'Batch control and header have the same company identification.',
  ),
  'batch.control.odfi': rule('error', 'Batch control and header have the same ODFI identification.'),
  'batch.control.batch_number': rule('error', 'Batch control and header have the same batch number.'),
  'batch.control.entry_addenda_count': rule('error', 'The entry/addenda count is the number of 6 and 7 records.'),
  'batch.control.entry_hash': rule(
    'error',
    'The entry hash is the sum of the receiving banks’ 8 digits, its last 10 digits.',
  ),
  'batch.control.total_debit': rule('error', 'The debit total is the sum of the debit entries.'),
  'batch.control.total_credit': rule('error', 'The credit total is the sum of the credit entries.'),
  'batch.control.overflow': rule('error', 'Counts and totals fit the batch control.'),
  'batch.control.mac.characters': rule(
    'off',
    'The message authentication code keeps to the characters every bank takes.',
    'error',
  ),
  'batch.trace_number.ascending': rule('error', 'Trace numbers ascend inside a batch.'),
  'batch.trace_number.odfi': rule('error', 'A trace number begins with the ODFI identification of its batch.'),
  'batch.description.reserved_word': rule(
    'error',
    'A fixed description such as REVERSAL is in upper case and left-justified.',
  ),
  'batch.description.reversal_direction': rule(
    'warning',
    'A REVERSAL batch holds credits or debits, not both.',
    'error',
  ),
  'batch.category.mixed': rule('error', 'A batch holds payments or returns or notifications of change, not several.'),
}
