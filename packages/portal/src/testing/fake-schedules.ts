import {
  AchFile,
  type Entry,
  EntryPage,
  EntryQuery,
  NOTHING_YET,
  type OfferedDate,
  Schedule,
  ScheduleCreate,
  SchedulePage,
  type ScheduleRun,
  ScheduleRunPage,
  ScheduleSkip,
  ScheduleUpdate,
  Template,
  TemplatePage,
  TemplateUpdate,
  TemplateUse,
  upcomingOccurrences,
} from '@fistworks/contract'
import { newId } from './new-id.ts'

const AT = '2026-11-23T15:00:00Z'
const BY = { type: 'user', id: 'usr_1', name: 'Ada Park' } as const
const page = <T>(data: T[]) => ({ data, hasMore: false, nextCursor: null })
const json = (value: unknown, status = 200) => Response.json(value, { status })

const each = { leavesAt: AT, deliverBy: null, sameDay: false, mostPerEntryCents: null }

/** Templates, schedules and the file of a payment, in the browser. */
export class FakeSchedules {
  templates: Template[] = []
  schedules: Schedule[] = []
  runs: ScheduleRun[] = []
  dates: OfferedDate[] = ['2026-11-24', '2026-11-25'].map((effectiveDate) => ({ effectiveDate, ...each }))
  file: AchFile | null = null
  /** Of the file, where it is too large to come with them. */
  entries: Entry[] = []

  addTemplate(name = 'Rent'): Template {
    const id = newId('tpl')
    const entry = {
      recipientId: newId('rcp'),
      recipientName: 'Harbor Property',
      accountNumberLast4: '3456',
      isArchived: false,
    }
    const what = { amountCents: 125_000, direction: 'credit' as const, addenda: [] }
    const batch = { bankAccountId: newId('bac'), secCode: 'CCD' as const, companyEntryDescription: 'RENT' }
    const totals = { batchCount: 1, entryCount: 1, creditCents: 125_000, debitCents: 0, openAmounts: 0 }
    const batches = [{ ...batch, companyDiscretionaryData: '', entries: [{ ...entry, ...what }] }]
    const when = { createdBy: BY, createdAt: AT, updatedAt: AT, archivedAt: null }
    const template: Template = { type: 'template', id, name, version: 1, ...totals, ...when, batches }
    this.templates.push(template)
    return template
  }

  addSchedule(input: object): Schedule {
    const { templateId, ...terms } = ScheduleCreate.parse(input)
    const template = this.templates.find(({ id }) => id === templateId)
    const schedule: Schedule = {
      ...terms,
      type: 'schedule',
      id: newId('sch'),
      status: 'active',
      version: 1,
      templateId,
      templateName: template?.name ?? '',
      templateVersion: 1,
      needsConfirmation: false,
      progress: NOTHING_YET,
      next: upcomingOccurrences(terms, NOTHING_YET, 1)[0] ?? null,
      problem: null,
      createdBy: BY,
      createdAt: AT,
      updatedAt: AT,
    }
    this.schedules.push(schedule)
    return schedule
  }

  answer(method: string, path: string, body: unknown, query: Record<string, string>): Response | null {
    const [, version, kind, id, verb] = path.split('/')
    if (version !== 'v1') return null
    if (kind === 'templates') return this.ofTemplates(method, id, verb, body)
    if (kind === 'bank-accounts' && verb === 'effective-dates') {
      return json({ type: 'effectiveDates', bankAccountId: id, direction: 'credit', dates: this.dates })
    }
    if (kind === 'schedules') return this.ofSchedules(method, id, verb, body)
    if (kind === 'ach-files' && verb === 'entries') return this.ofEntries(EntryQuery.parse(query))
    if (kind === 'ach-files' && this.file !== null && id === this.file.id && verb === undefined) {
      if (method === 'PATCH') this.file = AchFile.parse({ ...this.file, ...(body as object), version: 2 })
      return json(AchFile.parse(this.file))
    }
    return null
  }

  private ofEntries({ after, search = '', limit = 50 }: EntryQuery): Response {
    const found = this.entries.filter(({ recipientName }) => recipientName.includes(search))
    const from = Number(after ?? 0)
    const data = found.slice(from, from + limit)
    const hasMore = from + limit < found.length
    return json(EntryPage.parse({ data, hasMore, nextCursor: hasMore ? String(from + limit) : null }))
  }

  private ofTemplates(method: string, id = '', verb = '', body: unknown): Response | null {
    if (id === '' && method === 'GET') return json(TemplatePage.parse(page(this.templates)))
    if (id === '')
      return json(Template.parse(this.written(this.addTemplate((body as { name: string }).name), body)), 201)
    const template = this.templates.find((one) => one.id === id)
    if (template === undefined) return null
    if (method === 'PATCH') this.written(template, TemplateUpdate.parse(body))
    if (verb === 'use') TemplateUse.parse(body)
    return verb === 'use'
      ? json({ ...this.file, type: 'achFile', id: newId('ach') }, 201)
      : json(Template.parse(template))
  }

  /** Takes over what was typed. */
  private written(template: Template, body: unknown): Template {
    const { name, batches } = body as { name: string; batches?: Template['batches'] }
    template.name = name
    template.batches =
      batches?.map((batch) => ({
        ...batch,
        entries: batch.entries.map((entry) => ({
          ...entry,
          recipientName: 'Somebody',
          accountNumberLast4: '6789',
          isArchived: false,
        })),
      })) ?? template.batches
    return template
  }

  private ofSchedules(method: string, id = '', verb = '', body: unknown): Response | null {
    if (id === '' && method === 'GET') return json(SchedulePage.parse(page(this.schedules)))
    if (id === '') return json(Schedule.parse(this.addSchedule(body as object)), 201)
    const schedule = this.schedules.find((one) => one.id === id)
    if (schedule === undefined) return null
    const occurrences = upcomingOccurrences(schedule, NOTHING_YET, 3)
    if (method === 'PATCH') Object.assign(schedule, { ...ScheduleUpdate.parse(body), version: schedule.version + 1 })
    if (verb === 'upcoming') return json({ type: 'upcoming', occurrences })
    if (verb === 'runs') return json(ScheduleRunPage.parse(page(this.runs)))
    if (verb === 'pause') schedule.status = 'paused'
    if (verb === 'resume') schedule.status = 'active'
    if (verb === 'end') schedule.status = 'ended'
    if (verb === 'confirm') schedule.needsConfirmation = false
    if (verb === 'skip') schedule.next = occurrences.find(({ dueOn }) => dueOn > ScheduleSkip.parse(body).dueOn) ?? null
    if (verb !== '') schedule.version += 1
    return json(Schedule.parse(schedule))
  }
}
