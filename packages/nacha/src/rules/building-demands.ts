/** What `buildFile` refuses before a record can be written and no reading rule names: each rule, and what it demands. */
export const buildingDemands = {
  'build.field.length': 'A value fits its field; it is never cut.',
  'build.field.format': 'A value is of the form its field holds.',
  'build.field.unencodable': 'Every character of a text exists in one byte.',
}
