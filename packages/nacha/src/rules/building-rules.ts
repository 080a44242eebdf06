import { rule } from './rule.ts'

/** What `buildFile` refuses before a record can be written and no reading rule names. */
export const buildingRules = {
  'build.field.length': rule('error'),
  'build.field.format': rule('error'),
  'build.field.unencodable': rule('error'),
}
