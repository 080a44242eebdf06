import type { buildingRules } from './building-rules.ts'

/** What the rules of `building-rules.ts` demand, apart from their weights: a validator does not need the words. */
export const buildingDemands: Readonly<Record<keyof typeof buildingRules, string>> = {
  'build.field.length': 'A value fits its field; it is never cut.',
  'build.field.format': 'A value is of the form its field holds.',
  'build.field.unencodable': 'Every character of a text exists in one byte.',
}
