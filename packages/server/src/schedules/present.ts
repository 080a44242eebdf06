import { type Schedule, type ScheduleRun, upcomingOccurrences } from '@fistworks/contract'
import type { ReadContext } from '../context.ts'
import { type TemplateSummaryRow, templateStore } from '../templates/store.ts'
import type { ScheduleRow, ScheduleRunRow } from './table.ts'

export async function presentSchedule(ctx: ReadContext, row: ScheduleRow): Promise<Schedule> {
  return presented(row, await templateStore(ctx.db, ctx.organizationId).summary(row.templateId))
}

/** @param template the one that its files are made of */
export function presented(row: ScheduleRow, template: TemplateSummaryRow | undefined): Schedule {
  const [next] = row.status === 'ended' ? [] : upcomingOccurrences(row, row, 1)
  return {
    type: 'schedule',
    id: row.id,
    name: row.name,
    status: row.status,
    version: row.version,
    templateId: row.templateId,
    templateName: template?.name ?? '',
    templateVersion: row.templateVersion,
    needsConfirmation: row.status !== 'ended' && template?.version !== row.templateVersion,
    rule: row.rule,
    startsOn: row.startsOn,
    roll: row.roll,
    ends: row.ends,
    leadDays: row.leadDays,
    transmit: row.transmit,
    submitOnApproval: row.submitOnApproval,
    progress: { handledUntil: row.handledUntil, lastPaysOn: row.lastPaysOn, payments: row.payments },
    next: next ?? null,
    problem: row.status === 'ended' ? null : row.problem,
    createdBy: row.createdBy,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
}

export function presentRun({ dueOn, paysOn, outcome, achFileId, problem, at }: ScheduleRunRow): ScheduleRun {
  return { type: 'scheduleRun', dueOn, paysOn, outcome, achFileId, problem, at }
}
