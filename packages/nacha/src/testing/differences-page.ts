import { RULES, type RuleId } from '../rules/rules.ts'
import { SAMPLE_VERDICTS } from './sample-verdicts.ts'

const ruleOf = (violation: string) => violation.split(' ')[0] as RuleId

/** Why the other library refuses what is right by the rules. */
const PEER_REFUSES: Readonly<Record<string, string>> = {
  NACHA_SAMPLE_TEL_REVERSAL:
    'A REVERSAL batch may turn the direction of any SEC code around; the peer refuses the debit in it. That it holds credits and debits at once is a warning (`batch.description.reversal_direction`).',
}

function errorsOf(violations: readonly string[]): RuleId[] {
  const rules = new Set(violations.map(ruleOf).filter((rule) => RULES[rule].standard === 'error'))
  return [...rules]
}

function row(name: string, violations: readonly string[]): string {
  const rules = errorsOf(violations)
  const reasons = rules.map((rule) => `\`${rule}\` (${violations.filter((each) => ruleOf(each) === rule).length}×)`)
  const why = rules.map((rule) => RULES[rule].demands).join(' ')
  return `| \`${name}\` | ${reasons.join(', ')} | ${why} |`
}

/** docs/nacha/differences.md: where our verdict on a sample is not that of the library it comes from. */
export function differencesPage(): string {
  const samples = Object.entries(SAMPLE_VERDICTS)
  const stricter = samples.filter(([, { peer, violations }]) => peer === 'valid' && errorsOf(violations).length > 0)
  const looser = samples.filter(([, { peer, violations }]) => peer === 'invalid' && errorsOf(violations).length === 0)
  return [
    '# Where the codec and moov-io/ach differ',
    '',
    `The ${samples.length} sample files of moov-io/ach (\`packages/nacha/test-data/samples/\`, with license and notice) are read with`,
    'the standard profile. Here is each file whose verdict is not that of moov-io/ach 1.63 with its default options, and the',
    'rule behind it; a test keeps the page like the codec. All other verdicts agree.',
    '',
    '## We refuse, the peer takes',
    '',
    '| Sample | Rules | What they demand |',
    '|---|---|---|',
    ...stricter.map(([name, { violations }]) => row(name, violations)),
    '',
    '## We take, the peer refuses',
    '',
    '| Sample | Why it is right |',
    '|---|---|',
    ...looser.map(([name]) => `| \`${name}\` | ${PEER_REFUSES[name] ?? ''} |`),
    '',
  ].join('\n')
}
