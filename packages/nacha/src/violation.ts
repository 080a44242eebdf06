import { MAXIMUM_VIOLATIONS, type Profile } from './profile.ts'
import type { Severity } from './rules/rule.ts'
import type { RuleId } from './rules/rule-id.ts'
import { weightOf } from './rules/weights.ts'
import { isRelaxed, SWITCH_PATTERNS, type SwitchName } from './switches.ts'

/** One thing that is wrong. All of them are reported at once, ordered by line and column. */
export interface Violation {
  /** Stable id from the rule table (docs/nacha/rules.md). */
  readonly rule: RuleId
  readonly severity: 'error' | 'warning' | 'info'
  /** Line of the file, from 1; null when it is not about one line. */
  readonly line: number | null
  /** First position of the field in its record, 1 to 94; null when it is not about one field. */
  readonly column: number | null
  /** Name of the field in the record's table; null when it is not about one field. */
  readonly field: string | null
  /** A sentence for a person. Never holds a whole account or routing number. */
  readonly message: string
  /** Where in the input of `buildFile`, as a JSON pointer ('/batches/0/entries/3/accountNumber'); null when reading. */
  readonly path: string | null
}

/** Where a violation is: every part that is known. */
export interface Place {
  readonly line?: number
  readonly column?: number
  readonly field?: string
  readonly path?: string
}

/** What rules weigh: the profile, then switches that turn findings into information, then what is said of one rule. */
export interface Strictness {
  readonly profile?: Profile | undefined
  /** Switches by name. The lenient profile has all of them on unless they are listed here. */
  readonly switches?: readonly SwitchName[] | undefined
  /** The weight of single rules, before everything else. */
  readonly severities?: Readonly<Partial<Record<RuleId, Severity>>> | undefined
  /** Violations listed at most, 1,000 when left out. */
  readonly maxViolations?: number | undefined
}

const WORSE: Readonly<Record<Severity, number>> = { off: 0, info: 1, warning: 2, error: 3 }

/** A misspelt profile must not check less than was meant: the compiler is not always there to say so. */
function refuseUnknown({ profile, switches, severities }: Strictness): void {
  const unknown = [
    ...(profile && !['standard', 'originate', 'lenient'].includes(profile) ? [`profile '${profile}'`] : []),
    ...(switches ?? []).filter((name) => !Object.hasOwn(SWITCH_PATTERNS, name)).map((name) => `switch '${name}'`),
    ...Object.entries(severities ?? {}).flatMap(([rule, weight]) =>
      weight && !Object.hasOwn(WORSE, weight) ? [`severity '${weight}' of ${rule}`] : [],
    ),
  ]
  if (unknown.length > 0) throw new RangeError(`Not known: ${unknown.join(', ')}`)
}

function inFileOrder(a: Violation, b: Violation): number {
  const byPlace = (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
  return byPlace || (a.rule < b.rule ? -1 : Number(a.rule > b.rule))
}

function violation(rule: RuleId, severity: Violation['severity'], place: Place, message: string): Violation {
  const { line = null, column = null, field = null, path = null } = place
  return { rule, severity, line, column, field, message, path }
}

/**
 * Collects violations, asks the weights how much each counts, and stays bounded however bad the file is: past the limit
 * errors go before warnings, and the rest is counted.
 */
export class Report {
  readonly #errors: Violation[] = []
  readonly #others: Violation[] = []
  readonly #strictness: Strictness
  readonly #weights: Partial<Record<RuleId, Severity>>
  readonly #limit: number
  #beyond = 0
  #beyondWorst: Exclude<Severity, 'off'> = 'info'

  constructor(strictness: Strictness) {
    refuseUnknown(strictness)
    this.#strictness = strictness
    this.#weights = { ...strictness.severities }
    this.#limit = strictness.maxViolations ?? MAXIMUM_VIOLATIONS
  }

  weight(rule: RuleId): Severity {
    return (this.#weights[rule] ??= this.#weigh(rule))
  }

  /** The profile, then the switches; `severities` of single rules go before both. */
  #weigh(rule: RuleId): Severity {
    const weight = weightOf(rule, this.#strictness.profile ?? 'standard')
    return weight !== 'off' && isRelaxed(rule, this.#strictness) ? 'info' : weight
  }

  wants(rule: RuleId): boolean {
    return this.weight(rule) !== 'off'
  }

  add(rule: RuleId, place: Place, message: string): void {
    const severity = this.weight(rule)
    if (severity === 'off') return
    const found = severity === 'error' ? this.#errors : this.#others
    if (found.length >= this.#limit) {
      this.#leaveOut(severity, 1)
      return
    }
    found.push(violation(rule, severity, place, message))
  }

  #leaveOut(severity: Exclude<Severity, 'off'>, count: number): void {
    this.#beyond += count
    if (WORSE[severity] > WORSE[this.#beyondWorst]) this.#beyondWorst = severity
  }

  has(rule: RuleId): boolean {
    return [...this.#errors, ...this.#others].some((each) => each.rule === rule)
  }

  /** Everything found, in the order of the file; past the limit one last violation counts what was left out. */
  list(): Violation[] {
    const room = this.#limit - this.#errors.length
    const others = this.#others.slice(0, room)
    for (const { severity } of this.#others.slice(room)) this.#leaveOut(severity, 1)
    this.#others.length = others.length
    const sorted = [...this.#errors, ...others].sort(inFileOrder)
    if (this.#beyond > 0) {
      const message = `${this.#beyond} more are not listed`
      sorted.push(violation('violations.limit', this.#beyondWorst, {}, message))
    }
    return sorted
  }
}

/** True when nothing in the list forbids to send or to process the file. */
export function isAcceptable(violations: readonly Violation[]): boolean {
  return violations.every((each) => each.severity !== 'error')
}
