import { rule } from './rule.ts'

/** What `buildFile` refuses before a record can be written and no reading rule names. */
export const buildingRules = {
  'build.field.length': rule('error', 'A value fits its field; it is never cut.'),
  'build.field.format': rule('error', 'A value is of the form its field holds.'),
  'build.field.unencodable': rule('error', 'Every character of a text exists in one byte.'),
}
