import type {
  AchFile,
  Template,
  TemplateCreate,
  TemplateDecision,
  TemplateQuery,
  TemplateSummary,
  TemplateUpdate,
  TemplateUse,
} from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** Files without their dates, used again and again. */
export class Templates extends Resource {
  /**
   * From scratch, or from a file: its batches, recipients and amounts are kept.
   * @example
   * const template = await fist.templates.create({ name: 'Rent', achFileId: file.id })
   */
  async create(input: TemplateCreate, options?: RequestOptions): Promise<Template> {
    return this.send({ operation: 'templates.create', method: 'POST', path: '/v1/templates', body: input, options })
  }

  /**
   * Templates without their batches, newest first.
   * @example
   * for await (const template of fist.templates.list()) console.log(template.name)
   */
  list(query?: TemplateQuery, options?: RequestOptions): PagePromise<TemplateSummary> {
    return this.page('templates.list', '/v1/templates', query, options)
  }

  /**
   * One template with its batches.
   * @example
   * const template = await fist.templates.retrieve('tpl_…')
   */
  async retrieve(id: string, options?: RequestOptions): Promise<Template> {
    return this.send({ operation: 'templates.retrieve', method: 'GET', path: path`/v1/templates/${id}`, options })
  }

  /**
   * Replaces what is named. Schedules that use it make no file before they are confirmed.
   * @example
   * await fist.templates.update(template.id, { version: template.version, name: 'Rent and parking' })
   */
  async update(id: string, input: TemplateUpdate, options?: RequestOptions): Promise<Template> {
    return this.send({
      operation: 'templates.update',
      method: 'PATCH',
      path: path`/v1/templates/${id}`,
      body: input,
      options,
    })
  }

  /**
   * Takes it out of use. Throws `ConflictError` while a schedule uses it.
   * @example
   * await fist.templates.archive(template.id, { version: template.version })
   */
  async archive(id: string, input: TemplateDecision, options?: RequestOptions): Promise<Template> {
    return this.send({
      operation: 'templates.archive',
      method: 'POST',
      path: path`/v1/templates/${id}/archive`,
      body: input,
      options,
    })
  }

  /**
   * Makes a draft for a date, with other amounts where they are named.
   * @example
   * const draft = await fist.templates.use(template.id, {
   *   effectiveDate: '2026-12-01',
   *   amounts: [{ batch: 0, entry: 0, amountCents: 125_000 }],
   * })
   */
  async use(id: string, input: TemplateUse, options?: RequestOptions): Promise<AchFile> {
    return this.send({
      operation: 'templates.use',
      method: 'POST',
      path: path`/v1/templates/${id}/use`,
      body: input,
      options,
    })
  }
}
