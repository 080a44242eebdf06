import type { Member, MemberList, MemberRoleChange } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** The people of the organization. Only a person of the portal who has just proven who they are changes them. */
export class Members extends Resource {
  /**
   * All of them, with role and last use.
   * @example
   * const { data } = await fist.members.list()
   */
  async list(options?: RequestOptions): Promise<MemberList> {
    return this.send({ operation: 'members.list', method: 'GET', path: '/v1/members', options })
  }

  /**
   * Gives a member another role and signs them out. Owners alone make and unmake owners; the last one stays.
   * @example
   * await fist.members.changeRole('usr_…', { role: 'approver' })
   */
  async changeRole(id: string, input: MemberRoleChange, options?: RequestOptions): Promise<Member> {
    return this.send({
      operation: 'members.changeRole',
      method: 'POST',
      path: path`/v1/members/${id}/change-role`,
      body: input,
      options,
    })
  }

  /**
   * Takes a member out of the organization and signs them out.
   * @example
   * await fist.members.remove('usr_…')
   */
  async remove(id: string, options?: RequestOptions): Promise<void> {
    return this.send({
      operation: 'members.remove',
      method: 'POST',
      path: path`/v1/members/${id}/remove`,
      isSilent: true,
      options,
    })
  }

  /**
   * Signs a member out wherever they are signed in, and leaves them a member.
   * @example
   * await fist.members.endSessions('usr_…')
   */
  async endSessions(id: string, options?: RequestOptions): Promise<void> {
    return this.send({
      operation: 'members.endSessions',
      method: 'POST',
      path: path`/v1/members/${id}/end-sessions`,
      isSilent: true,
      options,
    })
  }

  /**
   * Takes away the passkeys, the authenticator app and the recovery codes of a member who has lost them, and signs them
   * out. They set up new ones after their next sign-in.
   * @example
   * await fist.members.resetSecondFactors('usr_…')
   */
  async resetSecondFactors(id: string, options?: RequestOptions): Promise<void> {
    return this.send({
      operation: 'members.resetSecondFactors',
      method: 'POST',
      path: path`/v1/members/${id}/reset-second-factors`,
      isSilent: true,
      options,
    })
  }

  /**
   * Whoever is signed in leaves the organization. Its last owner cannot.
   * @example
   * await fist.members.leave()
   */
  async leave(options?: RequestOptions): Promise<void> {
    return this.send({ operation: 'members.leave', method: 'POST', path: '/v1/members/leave', isSilent: true, options })
  }
}
