import type { Profile } from './profile.ts'
import { RULES, type RuleId, type Severity } from './rules/rules.ts'

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

/** Collects violations, asks the profile how much each weighs, and stays bounded however bad the file is. */
export class Report {
  readonly #found: Violation[] = []
  readonly #profile: Profile
  readonly #limit: number
  #beyond = 0
  #beyondWorst: Severity = 'info'

  constructor(profile: Profile, limit: number) {
    this.#profile = profile
    this.#limit = limit
  }

  wants(rule: RuleId): boolean {
    return RULES[rule][this.#profile] !== 'off'
  }

  add(rule: RuleId, place: Place, message: string): void {
    const severity = RULES[rule][this.#profile]
    if (severity === 'off') return
    if (this.#found.length >= this.#limit) {
      this.#beyond++
      if (severity === 'error' || this.#beyondWorst === 'info') this.#beyondWorst = severity
      return
    }
    const { line = null, column = null, field = null, path = null } = place
    this.#found.push({ rule, severity, line, column, field, message, path })
  }

  has(rule: RuleId): boolean {
    return this.#found.some((each) => each.rule === rule)
  }

  /** Everything found, in the order of the file; past the limit one last violation counts what was left out. */
  list(): Violation[] {
    const sorted = this.#found.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
    if (this.#beyond > 0 && this.#beyondWorst !== 'off') {
      const message = `${this.#beyond} more violations are not listed: mend those above first`
      const nowhere = { line: null, column: null, field: null, path: null }
      sorted.push({ rule: 'violations.limit', severity: this.#beyondWorst, message, ...nowhere })
    }
    return sorted
  }
}

/** True when nothing in the list forbids to send or to process the file. */
export function isAcceptable(violations: readonly Violation[]): boolean {
  return violations.every((each) => each.severity !== 'error')
}
