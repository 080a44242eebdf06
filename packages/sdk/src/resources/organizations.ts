import type { Organization, OrganizationClosing, OrganizationCreate, PageQuery } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** The paying companies of a platform. */
export class Organizations extends Resource {
  /**
   * Adds a paying company: with a platform key one of the platform's, as a signed-in person one that this person owns.
   * @example
   * const organization = await fist.organizations.create({ name: 'Acme Corp', externalId: 'cust-42' })
   */
  async create(input: OrganizationCreate, options?: RequestOptions): Promise<Organization> {
    return this.send({
      operation: 'organizations.create',
      method: 'POST',
      path: '/v1/organizations',
      body: input,
      options,
    })
  }

  /**
   * The organizations this key may work in, newest first.
   * @example
   * for await (const organization of fist.organizations.list()) console.log(organization.name)
   */
  list(query?: PageQuery, options?: RequestOptions): PagePromise<Organization> {
    return this.page('organizations.list', '/v1/organizations', query, options)
  }

  /**
   * Closes it for good. Needs a person who owns it and has just proven who they are, and its name letter by letter.
   * @example
   * await fist.organizations.close('org_…', { name: 'Acme Corp' })
   */
  async close(id: string, input: OrganizationClosing, options?: RequestOptions): Promise<Organization> {
    return this.send({
      operation: 'organizations.close',
      method: 'POST',
      path: path`/v1/organizations/${id}/close`,
      body: input,
      options,
    })
  }

  /**
   * One organization.
   * @example
   * const organization = await fist.organizations.retrieve('org_…')
   */
  async retrieve(id: string, options?: RequestOptions): Promise<Organization> {
    return this.send({
      operation: 'organizations.retrieve',
      method: 'GET',
      path: path`/v1/organizations/${id}`,
      options,
    })
  }
}
