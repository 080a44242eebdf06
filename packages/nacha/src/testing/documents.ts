import type { Field, RecordLayout } from '../field.ts'
import { addendaDemands } from '../rules/addenda-demands.ts'
import { batchDemands } from '../rules/batch-demands.ts'
import { buildingDemands } from '../rules/building-demands.ts'
import { businessDemands } from '../rules/business-demands.ts'
import { entryDemands } from '../rules/entry-demands.ts'
import { fileDemands } from '../rules/file-demands.ts'
import { historyDemands } from '../rules/history-demands.ts'
import { readingDemands } from '../rules/reading-demands.ts'
import { RULES, type RuleId } from '../rules/rules.ts'
import { secDemands } from '../rules/sec-demands.ts'
import { SEC_CODES, type SecCodeRow } from '../sec-code.ts'
import { SWITCHES } from '../switch-rules.ts'
import { SWITCH_WORDS } from '../switch-words.ts'
import { isRelaxed, type SwitchName } from '../switches.ts'

const CHAPTERS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['Reading', readingDemands],
  ['File header, file control, filler', fileDemands],
  ['Batch header, batch control', batchDemands],
  ['Entries', entryDemands],
  ['Addenda', addendaDemands],
  ['Single SEC codes', secDemands],
  ['Dates and habits', businessDemands],
  ['What was sent before (`checkHistory`)', historyDemands],
  ['Building', buildingDemands],
]

/** docs/nacha/rules.md: the rule table as a page. */
export function rulesPage(): string {
  const chapters = CHAPTERS.map(([title, rules]) => {
    const rows = Object.entries(rules).map(([id, demands]) => {
      const { standard, originate } = RULES[id as RuleId]
      const lenient = isRelaxed(id as RuleId, { profile: 'lenient' }) && standard !== 'off' ? 'info' : standard
      return `| \`${id}\` | ${demands} | ${lenient} | ${standard} | ${originate} |`
    })
    return [
      `## ${title}`,
      '',
      '| Rule | What must hold | lenient | standard | originate |',
      '|---|---|---|---|---|',
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
  return [...head, ...chapters, switchesChapter()].join('\n')
}

function switchesChapter(): string {
  const rows = Object.entries(SWITCHES).map(
    ([name, rules]: [string, readonly RuleId[]]) =>
      `| \`${name}\` | ${SWITCH_WORDS[name as SwitchName]} | ${rules.length > 12 ? `${rules.length} rules` : rules.map((rule) => `\`${rule}\``).join(', ')} |`,
  )
  const text = [
    '## Switches',
    '',
    'A switch turns the findings of its rules into information; it never changes what a file says. The lenient profile has',
    'all of them on but `bypassBatchValidation` and `skipAll`, unless `switches` names those that are wanted. `severities`',
    'says what single rules weigh, before everything else.',
    '',
    '| Switch | Allows | Rules |',
    '|---|---|---|',
    ...rows,
    '',
  ]
  return text.join('\n')
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
    'check the records; a test keeps this page like them. Which entry table a batch has follows from its SEC code:',
    '[SEC codes](./sec-codes.md). In a CCD batch `individualIdentification` is the identification number and',
    '`individualName` the name of the receiving company.',
    '',
  ]
  return [...head, ...chapters].join('\n')
}

/** docs/nacha/sec-codes.md: the table of SEC codes as a page. */
export function secCodesPage(): string {
  const yes = (is: boolean) => (is ? 'yes' : '')
  const rows = Object.entries<SecCodeRow>(SEC_CODES).map(([code, row]) => {
    const counts =
      row.minimumAddenda === row.maximumAddenda ? row.minimumAddenda : `${row.minimumAddenda}-${row.maximumAddenda}`
    const addenda = row.addendaType
      ? `${row.addendaType}: ${counts}`
      : code === 'IAT'
        ? '10-16, up to five 17 and 18'
        : 'none'
    const codes = row.onlyCodes ? row.onlyCodes.join(' ') : ''
    return `| ${code} | ${row.meaning} | ${row.receiver} | ${yes(row.allowsCredits)} | ${yes(row.allowsDebits)} | ${codes} | ${yes(row.allowsPrenotes)} | ${yes(row.allowsZeroDollar)} | ${addenda} | \`${row.entry.name}\` |`
  })
  return [
    '# SEC codes',
    '',
    'Every standard entry class code: whom it pays or collects from, and what its entries are. Written from the table in',
    '`packages/nacha/src/sec-code.ts`; a test keeps it so. A return keeps the SEC code of the entry that comes back, a',
    'notification of change has COR. The tables of the entries: [layout](./layout.md).',
    '',
    '| Code | Meaning | Receiver | Credits | Debits | Only codes | Prenotes | Zero-dollar | Addenda | Entry table |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
