import { rule } from './rule.ts'

/** Lines, characters and the order of records (reference 7.1). */
export const readingRules = {
  'parse.file.empty': rule('error', 'A file has records.'),
  'parse.file.missing_header': rule('error', 'A file begins with a file header (1).'),
  'parse.file.missing_control': rule('error', 'A file ends with a file control (9).'),
  'parse.file.duplicate_header': rule('error', 'A file has one file header.'),
  'parse.file.duplicate_control': rule('error', 'A file has one file control.'),
  'parse.line.short': rule(
    'warning',
    'A line has 94 characters; a shorter one is read as if blanks followed.',
    'error',
  ),
  'parse.line.long': rule('error', 'A line has 94 characters; more would be lost.'),
  'parse.line.long_blank': rule('warning', 'No blanks follow position 94.', 'error'),
  'parse.line.partial': rule('error', 'A file without line ends is a multiple of 94 characters long.'),
  'parse.line.mixed_endings': rule('info', 'All lines end in the same way.'),
  'parse.line.limit': rule(
    'error',
    'A file has at most `maxLines` lines (10,000,000; 1,000,000 where they differ in length and all are kept).',
  ),
  'parse.record.unknown_type': rule('error', 'A record begins with 1, 5, 6, 7, 8 or 9.'),
  'parse.record.order': rule('error', 'The file header comes first and filler after the file control.'),
  'parse.record.after_file_control': rule('error', 'Only filler follows the file control.'),
  'parse.encoding.detected': rule('info', 'A file is ASCII without byte order mark.'),
  'parse.encoding.multibyte': rule('warning', 'A character takes one byte.', 'error'),
  'parse.encoding.unknown_character': rule('error', 'Every character exists in Windows-1252.'),
  'parse.character.control': rule('error', 'No control character stands in a record.'),
  'parse.field.not_numeric': rule('error', 'A numeric field holds digits only.'),
  'parse.field.bad_date': rule('error', 'A date field holds a day that exists, as YYMMDD.'),
  'parse.field.reserved_used': rule('warning', 'Reserved positions are blank.', 'error'),
  'parse.addenda.unknown_type': rule('error', 'An addenda type is one that Nacha defines.'),
  'parse.addenda.outside_entry': rule('error', 'An addenda follows the entry it belongs to.'),
  'parse.entry.outside_batch': rule('error', 'An entry stands between a batch header and its control.'),
  'parse.batch.missing_header': rule('error', 'A batch begins with a batch header (5).'),
  'parse.batch.missing_control': rule('error', 'A batch ends with a batch control (8).'),
  'violations.limit': rule('error', 'Violations past the limit are counted, not listed.'),
}
