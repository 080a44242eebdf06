import type {
  AuditEvent,
  PageQuery,
  Platform,
  PlatformAdministratorList,
  PlatformAdministratorRemoval,
  PlatformCreate,
  PlatformInvitation,
  PlatformUpdate,
} from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** Accounting products. People create and change them in the portal; a platform's key can read its own. */
export class Platforms extends Resource {
  /**
   * Begins a platform; the signed-in person becomes its administrator.
   * @example
   * const platform = await fist.platforms.create({ name: 'Tidewater Books' })
   */
  async create(input: PlatformCreate, options?: RequestOptions): Promise<Platform> {
    return this.send({ operation: 'platforms.create', method: 'POST', path: '/v1/platforms', body: input, options })
  }

  /**
   * The platforms the signed-in person looks after, or the one of the key; newest first.
   * @example
   * for await (const platform of fist.platforms.list()) console.log(platform.name)
   */
  list(query?: PageQuery, options?: RequestOptions): PagePromise<Platform> {
    return this.page('platforms.list', '/v1/platforms', query, options)
  }

  /**
   * One platform.
   * @example
   * const { allowedOrigins } = await fist.platforms.retrieve('plt_…')
   */
  async retrieve(id: string, options?: RequestOptions): Promise<Platform> {
    return this.send({ operation: 'platforms.retrieve', method: 'GET', path: path`/v1/platforms/${id}`, options })
  }

  /**
   * Changes what is named.
   * @example
   * await fist.platforms.update('plt_…', { allowedOrigins: ['https://app.example.com'] }, { platform: 'plt_…' })
   */
  async update(id: string, input: PlatformUpdate, options?: RequestOptions): Promise<Platform> {
    return this.send({
      operation: 'platforms.update',
      method: 'PATCH',
      path: path`/v1/platforms/${id}`,
      body: input,
      options,
    })
  }

  /**
   * What was done in the name of the platform, newest first.
   * @example
   * for await (const event of fist.platforms.listEvents('plt_…')) console.log(event.at, event.action)
   */
  listEvents(id: string, query?: PageQuery, options?: RequestOptions): PagePromise<AuditEvent> {
    return this.page('platforms.listEvents', path`/v1/platforms/${id}/audit-events`, query, options)
  }

  /**
   * Who looks after the platform, and who was asked to.
   * @example
   * const { data } = await fist.platforms.listAdministrators('plt_…')
   */
  async listAdministrators(id: string, options?: RequestOptions): Promise<PlatformAdministratorList> {
    return this.send({
      operation: 'platforms.listAdministrators',
      method: 'GET',
      path: path`/v1/platforms/${id}/administrators`,
      options,
    })
  }

  /**
   * Asks somebody to look after the platform too. It does not say whether anybody is known under the address.
   * @example
   * await fist.platforms.inviteAdministrator('plt_…', { email: 'grace@example.com' })
   */
  async inviteAdministrator(id: string, input: PlatformInvitation, options?: RequestOptions): Promise<void> {
    return this.send({
      operation: 'platforms.inviteAdministrator',
      method: 'POST',
      path: path`/v1/platforms/${id}/administrators`,
      body: input,
      isSilent: true,
      options,
    })
  }

  /**
   * The signed-in person becomes an administrator of a platform that asked their address.
   * @example
   * await fist.platforms.acceptInvitation('plt_…')
   */
  async acceptInvitation(id: string, options?: RequestOptions): Promise<Platform> {
    return this.send({
      operation: 'platforms.acceptInvitation',
      method: 'POST',
      path: path`/v1/platforms/${id}/accept`,
      options,
    })
  }

  /**
   * Takes away an administrator, or an invitation.
   * @example
   * await fist.platforms.removeAdministrator('plt_…', { email: 'grace@example.com' })
   */
  async removeAdministrator(id: string, input: PlatformAdministratorRemoval, options?: RequestOptions): Promise<void> {
    return this.send({
      operation: 'platforms.removeAdministrator',
      method: 'POST',
      path: path`/v1/platforms/${id}/administrators/remove`,
      body: input,
      isSilent: true,
      options,
    })
  }
}
