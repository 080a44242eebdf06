import type {
  FirstOwnerInvitation,
  Invitation,
  InvitationAccept,
  InvitationCreate,
  InvitationList,
  InvitationOffer,
  InvitationSecret,
  PortalSession,
} from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** Asking people to become members of the organization, and answering that. */
export class Invitations extends Resource {
  /**
   * Mails somebody a link that works once, for seven days unless told.
   * @example
   * await fist.invitations.create({ email: 'grace@bluebird.example', role: 'approver' })
   */
  async create(input: InvitationCreate, options?: RequestOptions): Promise<Invitation> {
    return this.send({
      operation: 'invitations.create',
      method: 'POST',
      path: '/v1/invitations',
      body: input,
      options,
    })
  }

  /**
   * Invites the first owner. Needs the key of the platform, and an organization without an owner.
   * @example
   * await fist.invitations.createFirstOwner({ email: 'ada@bluebird.example' })
   */
  async createFirstOwner(input: FirstOwnerInvitation, options?: RequestOptions): Promise<Invitation> {
    return this.send({
      operation: 'invitations.createFirstOwner',
      method: 'POST',
      path: '/v1/invitations/first-owner',
      body: input,
      options,
    })
  }

  /**
   * The newest first, answered ones too.
   * @example
   * const { data } = await fist.invitations.list()
   */
  async list(options?: RequestOptions): Promise<InvitationList> {
    return this.send({ operation: 'invitations.list', method: 'GET', path: '/v1/invitations', options })
  }

  /**
   * Mails a new link; the one before works no more.
   * @example
   * await fist.invitations.resend('inv_…')
   */
  async resend(id: string, options?: RequestOptions): Promise<Invitation> {
    return this.send({
      operation: 'invitations.resend',
      method: 'POST',
      path: path`/v1/invitations/${id}/resend`,
      options,
    })
  }

  /**
   * Takes it back.
   * @example
   * await fist.invitations.revoke('inv_…')
   */
  async revoke(id: string, options?: RequestOptions): Promise<Invitation> {
    return this.send({
      operation: 'invitations.revoke',
      method: 'POST',
      path: path`/v1/invitations/${id}/revoke`,
      options,
    })
  }

  /**
   * What the link offers to whoever is signed in; `NotFoundError` when it is not for them or not valid any more.
   * @example
   * const offer = await fist.invitations.preview({ secret: location.hash.slice(1) })
   */
  async preview(input: InvitationSecret, options?: RequestOptions): Promise<InvitationOffer> {
    return this.send({
      operation: 'invitations.preview',
      method: 'POST',
      path: '/v1/session/invitations/open',
      body: input,
      options,
    })
  }

  /**
   * Whoever is signed in becomes a member; the session gets a new cookie.
   * @example
   * const session = await fist.invitations.accept({ secret, name: 'Grace Hollis' })
   */
  async accept(input: InvitationAccept, options?: RequestOptions): Promise<PortalSession> {
    return this.send({
      operation: 'invitations.accept',
      method: 'POST',
      path: '/v1/session/invitations',
      body: input,
      options,
    })
  }
}
