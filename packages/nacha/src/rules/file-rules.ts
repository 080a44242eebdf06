import { rule } from './rule.ts'

/** File header, file control, filler (reference 7.2). */
export const fileRules = {
  'file.header.priority_code': rule('error', 'The priority code is 01.'),
  'file.header.record_size': rule('error', 'The record size is 094.'),
  'file.header.blocking_factor': rule('error', 'The blocking factor is 10.'),
  'file.header.format_code': rule('error', 'The format code is 1.'),
  'file.header.immediate_destination.required': rule('error', 'The immediate destination is given.'),
  'file.header.immediate_destination.format': rule(
    'error',
    'The immediate destination is a 9-digit routing number, or 10 characters as agreed with the bank.',
  ),
  'file.header.immediate_destination.check_digit': rule(
    'error',
    'The check digit of the immediate destination is right.',
  ),
  'file.header.immediate_destination.leading_blank': rule(
    'warning',
    'A 9-digit immediate destination stands after a blank.',
    'error',
  ),
  'file.header.immediate_origin.required': rule('error', 'The immediate origin is given.'),
  'file.header.immediate_origin.zero': rule('error', 'The immediate origin is not only zeros.'),
  'file.header.immediate_origin.check_digit': rule(
    'off',
    'The immediate origin is a routing number with the right check digit (only where the bank wants one).',
  ),
  'file.header.creation_date.future': rule('warning', 'The file creation date is not after today (needs `asOf`).'),
  'file.adv.mixed': rule('error', 'ADV batches are in a file of their own.'),
  'file.header.creation_date.required': rule('error', 'The file creation date is given.'),
  'file.header.creation_date.invalid': rule('error', 'The file creation date is a day that exists.'),
  'file.header.creation_time.invalid': rule('error', 'The file creation time is blank or 0000 to 2359.'),
  'file.header.file_id_modifier': rule('error', 'The file id modifier is A to Z or 0 to 9.'),
  'file.header.names.characters': rule(
    'off',
    'The texts of the file header keep to the characters every bank takes.',
    'error',
  ),
  'file.batches.none': rule('warning', 'A file has batches.', 'error'),
  'file.batch_number.ascending': rule('error', 'Batch numbers ascend.'),
  'file.control.batch_count': rule('error', 'The batch count is the number of batch headers.'),
  'file.control.block_count': rule(
    'error',
    'The block count is the number of records divided by ten, rounded up, filler included.',
  ),
  'file.control.entry_addenda_count': rule('error', 'The entry/addenda count is the number of 6 and 7 records.'),
  'file.control.entry_hash': rule(
    'error',
    'The entry hash is the sum of the receiving banks’ 8 digits, its last 10 digits.',
  ),
  'file.control.total_debit': rule('error', 'The debit total is the sum of the debit entries.'),
  'file.control.total_credit': rule('error', 'The credit total is the sum of the credit entries.'),
  'file.control.overflow': rule('error', 'Counts and totals fit the file control.'),
  'file.filler.count': rule('warning', 'Filler completes the last block of ten records, no more.', 'error'),
  'file.filler.content': rule('warning', 'Filler is records of 94 nines.', 'error'),
  'file.trace_number.duplicate': rule('warning', 'A trace number occurs once in a file.', 'error'),
}
