import type { fileRules } from './file-rules.ts'

/** What the rules of `file-rules.ts` demand, apart from their weights: a validator does not need the words. */
export const fileDemands: Readonly<Record<keyof typeof fileRules, string>> = {
  'file.header.priority_code': 'The priority code is 01.',
  'file.header.record_size': 'The record size is 094.',
  'file.header.blocking_factor': 'The blocking factor is 10.',
  'file.header.format_code': 'The format code is 1.',
  'file.header.immediate_destination.required': 'The immediate destination is given.',
  'file.header.immediate_destination.format':
    'The immediate destination is a 9-digit routing number, or 10 characters as agreed with the bank.',
  'file.header.immediate_destination.check_digit': 'The check digit of the immediate destination is right.',
  'file.header.immediate_destination.leading_blank': 'A 9-digit immediate destination stands after a blank.',
  'file.header.immediate_origin.required': 'The immediate origin is given.',
  'file.header.immediate_origin.zero': 'The immediate origin is not only zeros.',
  'file.header.immediate_origin.check_digit':
    'The immediate origin is a routing number with the right check digit (only where the bank wants one).',
  'file.header.creation_date.future': 'The file creation date is not after today (needs `asOf`).',
  'file.adv.mixed': 'ADV batches are in a file of their own.',
  'file.header.creation_date.required': 'The file creation date is given.',
  'file.header.creation_date.invalid': 'The file creation date is a day that exists.',
  'file.header.creation_time.invalid': 'The file creation time is blank or 0000 to 2359.',
  'file.header.file_id_modifier': 'The file id modifier is A to Z or 0 to 9.',
  'file.header.names.characters': 'The texts of the file header keep to the characters every bank takes.',
  'file.batches.none': 'A file has batches.',
  'file.batch_number.ascending': 'Batch numbers ascend.',
  'file.control.batch_count': 'The batch count is the number of batch headers.',
  'file.control.block_count': 'The block count is the number of records divided by ten, rounded up, filler included.',
  'file.control.entry_addenda_count': 'The entry/addenda count is the number of 6 and 7 records.',
  'file.control.entry_hash': 'The entry hash is the sum of the receiving banks’ 8 digits, its last 10 digits.',
  'file.control.total_debit': 'The debit total is the sum of the debit entries.',
  'file.control.total_credit': 'The credit total is the sum of the credit entries.',
  'file.control.overflow': 'Counts and totals fit the file control.',
  'file.filler.count': 'Filler completes the last block of ten records, no more.',
  'file.filler.content': 'Filler is records of 94 nines.',
  'file.lines.bank_limit': 'The file has no more lines than the bank takes (needs `bankLines`).',
  'file.balanced': 'Debits and credits of the file are the same (only where the bank wants it balanced).',
  'file.trace_number.duplicate': 'A trace number occurs once in a file.',
}
