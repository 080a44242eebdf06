import { daysBetween } from '@fistworks/nacha'
import { newYorkTime } from '../ach-files/new-york-time.ts'
import type { WriteContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { invalid } from '../problem-error.ts'
import { archivedRecipients } from '../templates/content.ts'
import { templateStore } from '../templates/store.ts'
import type { TemplateRow } from '../templates/table.ts'
import { makesFileAt, nextOf, unreachable } from './occurrence.ts'
import { past } from './progress.ts'
import type { ScheduleRow } from './table.ts'

/** A template that files can be made of by themselves: all its amounts are said, all its recipients can be paid. */
export async function usableTemplate(ctx: WriteContext, id: string): Promise<TemplateRow> {
  const template = await templateStore(ctx.db, ctx.organizationId).find(id)
  if (template === undefined || template.archivedAt !== null) {
    const message = 'is not a template of this organization that is in use'
    throw invalid([{ pointer: '/templateId', code: 'not-found', message }])
  }
  if (template.openAmounts > 0) {
    const message = `leaves ${template.openAmounts} amounts open: say them in the template, or use it by hand`
    throw invalid([{ pointer: '/templateId', code: 'open-amounts', message }])
  }
  const [archived] = await archivedRecipients(ctx, template.batches)
  if (archived !== undefined) throw invalid([{ ...archived, pointer: '/templateId' }])
  return template
}

/** A schedule begins with a payment that can be made. */
export async function refuseStart(ctx: WriteContext, row: ScheduleRow, template: TemplateRow): Promise<void> {
  const today = newYorkTime(ctx.now).date
  const days = daysBetween(today, row.startsOn)
  const wrong = (code: string, message: string) => invalid([{ pointer: '/startsOn', code, message }])
  if (days < 0) throw wrong('past', `${row.startsOn} is in the past: today is ${today} in New York`)
  if (days > LIMITS.scheduleDaysAhead) {
    throw wrong('limit-exceeded', `is ${days} days ahead: at most ${LIMITS.scheduleDaysAhead} are possible`)
  }
  const first = nextOf(row)
  if (first === undefined) {
    const message = 'lies before the first payment: with this end there is none'
    throw invalid([{ pointer: '/ends', code: 'no-payment', message }])
  }
  const why = await unreachable(ctx, template, first.paysOn, row.transmit)
  if (why !== null) throw wrong('effective-date', `makes the first payment on ${first.paysOn}, but ${why}`)
}

/** @throws ProblemError `validation-failed` for a way to send it that cannot reach its next payment */
export async function refuseTransmit(ctx: WriteContext, row: ScheduleRow, template: TemplateRow): Promise<void> {
  const next = nextOf(row)
  const why = next === undefined ? null : await unreachable(ctx, template, next.paysOn, row.transmit)
  if (why === null) return
  const message = `cannot send the payment of ${next?.paysOn}: it ${why}`
  throw invalid([{ pointer: '/transmit', code: 'effective-date', message }])
}

/**
 * What can no longer be reached is left out; whoever resumes or changes a schedule is told which dates those are. What is
 * ahead stays, whatever keeps it from being sent as things are: no later payment might be reached either.
 */
export async function withoutPassed(
  ctx: WriteContext,
  row: ScheduleRow,
  template: TemplateRow,
): Promise<{ row: ScheduleRow; passed: string[] }> {
  const passed: string[] = []
  let ahead = row
  for (;;) {
    const next = nextOf(ahead)
    const isAhead = next === undefined || makesFileAt(next) > ctx.now
    if (isAhead || (await unreachable(ctx, template, next.paysOn, row.transmit)) === null) {
      return { row: ahead, passed }
    }
    passed.push(next.paysOn)
    ahead = { ...ahead, ...past(ahead, next, true) }
  }
}
