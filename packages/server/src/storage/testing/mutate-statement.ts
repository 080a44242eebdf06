import { type AllowedStatement, refusalOf, tryUsesOf } from '../guard/guard.ts'

const CONDITION =
  /(?:"?\w+"?\.)?"?\b(?:organization_id|owner_id)"?\s*=\s*(?:\?|"?\w+"?\."?(?:organization_id|owner_id)\b"?)/gi
const SOMEBODY_ELSE = 'org_00000000000000000000000000'

/** One statement with one thing wrong that lets rows of others in. */
export interface Mutant {
  sql: string
  args: unknown[]
}

/**
 * The same statement with each condition on the owner left out, or made one of two, and with each value that is the owner
 * turned into somebody else.
 */
export function mutantsOf({ sql, args, work }: AllowedStatement): Mutant[] {
  const values: unknown[] = Array.isArray(args) ? args : []
  const places = values.flatMap((value, index) => (value === work.owner ? [index] : []))
  // Of a new row other columns may name the owner too, as the one it was done to: there all of them are turned at once.
  const groups = /^\s*insert\b/i.test(sql) ? [places] : places.map((index) => [index])
  const mutants: Mutant[] = groups
    .filter((group) => group.length > 0)
    .map((group) => ({ sql, args: values.map((value, index) => (group.includes(index) ? SOMEBODY_ELSE : value)) }))
  for (const match of sql.matchAll(CONDITION)) {
    const [before, after] = [sql.slice(0, match.index), sql.slice(match.index + match[0].length)]
    if (isAssignment(before)) continue
    mutants.push({ sql: `${before}(${match[0]} or 1 = 1)${after}`, args: values })
    const isBound = match[0].endsWith('?')
    const rest = isBound ? values.toSpliced(before.split('?').length - 1, 1) : values
    mutants.push({ sql: `${before}1 = 1${after}`, args: rest })
  }
  return mutants
}

function isAssignment(before: string): boolean {
  return [...before.matchAll(/\b(?:set|where|on|and|or|not)\b/gi)].at(-1)?.[0].toLowerCase() === 'set'
}

/** The mutants that the guard lets through. */
export function survivorsOf(statement: AllowedStatement): Mutant[] {
  return mutantsOf(statement).filter(
    (mutant) => refusalOf(tryUsesOf(mutant.sql, statement.tables), mutant.args, statement.work) === null,
  )
}
