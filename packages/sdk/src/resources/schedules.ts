import type {
  PageQuery,
  Schedule,
  ScheduleCreate,
  ScheduleDecision,
  ScheduleQuery,
  ScheduleRun,
  ScheduleSkip,
  ScheduleUpdate,
  Upcoming,
  UpcomingQuery,
} from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** Files that are made from a template again and again, and sent for approval. */
export class Schedules extends Resource {
  /**
   * Starts a schedule. Each of its files waits for approval like any other.
   * @example
   * const schedule = await fist.schedules.create({
   *   name: 'Rent',
   *   templateId: template.id,
   *   rule: { frequency: 'monthly', day: 1 },
   *   startsOn: '2026-12-01',
   * })
   */
  async create(input: ScheduleCreate, options?: RequestOptions): Promise<Schedule> {
    return this.send({ operation: 'schedules.create', method: 'POST', path: '/v1/schedules', body: input, options })
  }

  /**
   * Schedules with their next payment, newest first.
   * @example
   * const running = await fist.schedules.list({ status: 'active' })
   */
  list(query?: ScheduleQuery, options?: RequestOptions): PagePromise<Schedule> {
    return this.page('schedules.list', '/v1/schedules', query, options)
  }

  /**
   * One schedule.
   * @example
   * const { next } = await fist.schedules.retrieve('sch_…')
   */
  async retrieve(id: string, options?: RequestOptions): Promise<Schedule> {
    return this.send({ operation: 'schedules.retrieve', method: 'GET', path: path`/v1/schedules/${id}`, options })
  }

  /**
   * The next payments with their dates after holidays, and why one is moved: 12 unless told, at most 60.
   * @example
   * const { occurrences } = await fist.schedules.upcoming(schedule.id, { count: 53 })
   */
  async upcoming(id: string, query?: UpcomingQuery, options?: RequestOptions): Promise<Upcoming> {
    return this.send({
      operation: 'schedules.upcoming',
      method: 'GET',
      path: path`/v1/schedules/${id}/upcoming`,
      query,
      options,
    })
  }

  /**
   * What became of each payment, newest first.
   * @example
   * const missed = (await fist.schedules.listRuns(schedule.id)).data.filter(({ outcome }) => outcome === 'missed')
   */
  listRuns(id: string, query?: PageQuery, options?: RequestOptions): PagePromise<ScheduleRun> {
    return this.page('schedules.listRuns', path`/v1/schedules/${id}/runs`, query, options)
  }

  /**
   * Replaces what is named. Payments that were made stay.
   * @example
   * await fist.schedules.update(schedule.id, { version: schedule.version, leadDays: 5 })
   */
  async update(id: string, input: ScheduleUpdate, options?: RequestOptions): Promise<Schedule> {
    return this.send({
      operation: 'schedules.update',
      method: 'PATCH',
      path: path`/v1/schedules/${id}`,
      body: input,
      options,
    })
  }

  /**
   * Goes on with the template as it is now, after somebody changed it.
   * @example
   * if (schedule.needsConfirmation) await fist.schedules.confirm(schedule.id, { version: schedule.version })
   */
  async confirm(id: string, input: ScheduleDecision, options?: RequestOptions): Promise<Schedule> {
    return this.#decide('confirm', id, input, options)
  }

  /**
   * Makes no file before it is resumed.
   * @example
   * await fist.schedules.pause(schedule.id, { version: schedule.version })
   */
  async pause(id: string, input: ScheduleDecision, options?: RequestOptions): Promise<Schedule> {
    return this.#decide('pause', id, input, options)
  }

  /**
   * Goes on with the next payment that can be reached. What fell into the pause is not made up for.
   * @example
   * await fist.schedules.resume(schedule.id, { version: schedule.version })
   */
  async resume(id: string, input: ScheduleDecision, options?: RequestOptions): Promise<Schedule> {
    return this.#decide('resume', id, input, options)
  }

  /**
   * Makes no file any more. Those that were made stay.
   * @example
   * await fist.schedules.end(schedule.id, { version: schedule.version })
   */
  async end(id: string, input: ScheduleDecision, options?: RequestOptions): Promise<Schedule> {
    return this.#decide('end', id, input, options)
  }

  /**
   * Leaves out the next payment, the one that was seen.
   * @example
   * await fist.schedules.skip(schedule.id, { version: schedule.version, dueOn: '2026-12-01' })
   */
  async skip(id: string, input: ScheduleSkip, options?: RequestOptions): Promise<Schedule> {
    return this.#decide('skip', id, input, options)
  }

  #decide(verb: string, id: string, input: ScheduleDecision, options: RequestOptions | undefined): Promise<Schedule> {
    const operation = `schedules.${verb}`
    const where = `${path`/v1/schedules/${id}`}/${verb}`
    return this.send({ operation, method: 'POST', path: where, body: input, options })
  }
}
