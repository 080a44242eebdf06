/** What a violation weighs: an error forbids to send or process the file, the others do not. */
export type Severity = 'error' | 'warning' | 'info' | 'off'

/** One row of the rule table: its weight in two profiles (`lenient` is `standard` with switches), and what must hold. */
export interface Rule {
  readonly standard: Severity
  readonly originate: Severity
  readonly demands: string
}
