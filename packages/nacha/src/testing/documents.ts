import type { Field, RecordLayout } from '../field.ts'
import { batchRules } from '../rules/batch-rules.ts'
import { buildingRules } from '../rules/building-rules.ts'
import { entryRules } from '../rules/entry-rules.ts'
import { fileRules } from '../rules/file-rules.ts'
import { readingRules } from '../rules/reading-rules.ts'
import type { Rule } from '../rules/rules.ts'

const CHAPTERS: readonly (readonly [string, Readonly<Record<string, Rule>>])[] = [
  ['Reading', readingRules],
  ['File header, file control, filler', fileRules],
  ['Batch header, batch control, dates', batchRules],
  ['Entries and addenda', entryRules],
  ['Building', buildingRules],
]

/** docs/nacha/rules.md: the rule table as a page. */
export function rulesPage(): string {
  const chapters = CHAPTERS.map(([title, rules]) => {
    const rows = Object.entries(rules).map(
      ([id, { demands, standard, originate }]) => `| \`${id}\` | ${demands} | ${standard} | ${originate} |`,
    )
    return [
      `## ${title}`,
      '',
      '| Rule | What must hold | standard | originate |',
      '|---|---|---|---|',
      ...rows,
      '',
    ].join('\n')
  })
  const head = [
    '# Rules of the codec',
    '',
    'Every violation that `validateFile`, `decodeFile` or `buildFile` of `@fistworks/nacha` returns names one of these rules.',
    'An **error** forbids to send or process the file, a **warning** or **info** does not, **off** is not checked in that profile.',
    'Ids never change their meaning. The page is written from the rule table (`packages/nacha/src/rules/`); a test keeps it so.',
    '',
  ]
  return [...head, ...chapters].join('\n')
}

const KINDS: Readonly<Record<Field['kind'], string>> = {
  literal: 'fixed',
  blank: 'blanks',
  text: 'text, left-justified',
  digits: 'digits',
  number: 'number, zeros on the left',
  date: 'YYMMDD',
}

/** docs/nacha/layout.md: the field tables as a page. */
export function layoutPage(layouts: readonly RecordLayout[]): string {
  const chapters = layouts.map(({ name, fields }) => {
    const rows = fields.map((field) => {
      const last = field.column + field.length - 1
      const places = field.length === 1 ? `${last}` : `${field.column}-${last}`
      const value = field.value === '' ? '' : ` \`${field.value}\``
      const inclusion = field.kind === 'literal' || field.kind === 'blank' ? '' : field.inclusion
      return `| ${places} | ${field.length} | \`${field.name}\` | ${KINDS[field.kind]}${value} | ${inclusion} |`
    })
    return [`## ${name}`, '', '| Positions | Length | Field | Holds | |', '|---|--:|---|---|---|', ...rows, ''].join(
      '\n',
    )
  })
  const head = [
    '# Record layouts',
    '',
    'A record is 94 characters; positions count from 1. The same tables (`packages/nacha/src/records/`) read, write and',
    'check the records; a test keeps this page like them. In a CCD batch `individualIdentification` is the identification',
    'number and `individualName` the name of the receiving company.',
    '',
  ]
  return [...head, ...chapters].join('\n')
}
