import { accountNumberProblem, isCivilDate, routingNumberProblem, textProblem } from '@fistworks/nacha'
import * as z from 'zod/mini'
import { bankingDateProblem } from './banking-date.ts'

type TextField = Parameters<typeof textProblem>[0]

/** A check that asks a function of the codec for the sentence that says what is wrong, `null` for nothing. */
function says(problem: (value: string) => string | null) {
  return z.check<string>((ctx) => {
    const message = problem(ctx.value)
    if (message !== null) ctx.issues.push({ code: 'custom', message, input: ctx.value })
  })
}

/** Text that goes into a field of the NACHA file: its length and characters are those of the record layout. */
export function achText(field: TextField) {
  return z.string().check(
    z.maxLength(200),
    says((value) => (value.trim() === '' ? 'must not be empty' : textProblem(field, value))),
  )
}

/** As `achText`, but may be left empty. */
export function optionalAchText(field: TextField) {
  return z.string().check(
    z.maxLength(200),
    says((value) => (value === '' ? null : textProblem(field, value))),
  )
}

/** A full routing number: nine digits with the ABA check digit. Only ever sent, never received. */
export const RoutingNumber = z.string().check(z.maxLength(40), says(routingNumberProblem))

/** A full account number as the bank prints it (at most 17 characters). Only ever sent, never received. */
export const AccountNumber = z.string().check(z.maxLength(80), says(accountNumberProblem))

/** The bank that takes the file: nine digits with the check digit, or the ten characters it asks for. */
export const ImmediateDestination = z.string().check(
  z.maxLength(40),
  says((value) => {
    if (/^[A-Za-z0-9]{10}$/.test(value)) return null
    const problem = routingNumberProblem(value)
    return problem === null ? null : `must be the bank's routing number, or the ten characters it asks for: ${problem}`
  }),
)

/** A civil date `YYYY-MM-DD`. */
export const CivilDate = z
  .string()
  .check(says((value) => (isCivilDate(value) ? null : 'must be a date like 2026-12-24')))

/** A civil date on which the Federal Reserve settles. */
export const BankingDate = z.string().check(says(bankingDateProblem))

/** An instant, RFC 3339 in UTC. */
export const Instant = z.string()

/** A name or label people read; at most 100 characters, no control characters, no line ends, no half of a character. */
export const Label = z.string().check(
  z.maxLength(100, { error: 'must have at most 100 characters' }),
  says((value) => (value.trim() === '' ? 'must not be empty' : null)),
  z.regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, { error: 'must not contain control characters' }),
)
