import { RULES, type RuleId } from './rules/rules.ts'
import { SWITCH_PATTERNS, type SwitchName } from './switches.ts'

function rulesOfSwitches(): Readonly<Record<SwitchName, readonly RuleId[]>> {
  const rules = Object.keys(RULES) as RuleId[]
  const rows = Object.entries(SWITCH_PATTERNS).map(([name, pattern]) => [name, rules.filter((id) => pattern.test(id))])
  return Object.fromEntries(rows) as Record<SwitchName, readonly RuleId[]>
}

/** The rules that each switch turns into information. */
export const SWITCHES: Readonly<Record<SwitchName, readonly RuleId[]>> = /* @__PURE__ */ rulesOfSwitches()
