import type { readingRules } from './reading-rules.ts'

/** What the rules of `reading-rules.ts` demand, apart from their weights: a validator does not need the words. */
export const readingDemands: Readonly<Record<keyof typeof readingRules, string>> = {
  'parse.file.empty': 'A file has records.',
  'parse.file.missing_header': 'A file begins with a file header (1).',
  'parse.file.missing_control': 'A file ends with a file control (9).',
  'parse.file.duplicate_header': 'A file has one file header.',
  'parse.file.duplicate_control': 'A file has one file control.',
  'parse.line.short': 'A line has 94 characters; a shorter one is read as if blanks followed.',
  'parse.line.long': 'A line has 94 characters; more would be lost.',
  'parse.line.long_blank': 'No blanks follow position 94.',
  'parse.line.partial': 'A file without line ends is a multiple of 94 characters long.',
  'parse.line.mixed_endings': 'All lines end in the same way.',
  'parse.line.limit':
    'A file has at most `maxLines` lines (10,000,000; 1,000,000 where they differ in length and all are kept).',
  'parse.record.unknown_type': 'A record begins with 1, 5, 6, 7, 8 or 9.',
  'parse.record.order': 'The file header comes first and filler after the file control.',
  'parse.record.after_file_control': 'Only filler follows the file control.',
  'parse.encoding.detected': 'A file is ASCII without byte order mark.',
  'parse.encoding.multibyte': 'A character takes one byte.',
  'parse.encoding.unknown_character': 'Every character exists in Windows-1252.',
  'parse.character.control': 'No control character stands in a record.',
  'parse.field.not_numeric': 'A numeric field holds digits only.',
  'parse.field.bad_date': 'A date field holds a day that exists, as YYMMDD.',
  'parse.field.reserved_used': 'Reserved positions are blank.',
  'parse.addenda.unknown_type': 'An addenda type is one that Nacha defines.',
  'parse.addenda.outside_entry': 'An addenda follows the entry it belongs to.',
  'parse.entry.outside_batch': 'An entry stands between a batch header and its control.',
  'parse.batch.missing_header': 'A batch begins with a batch header (5).',
  'parse.batch.missing_control': 'A batch ends with a batch control (8).',
  'violations.limit': 'Violations past the limit are counted, not listed.',
}
