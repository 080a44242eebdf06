import {
  FirstOwnerInvitation,
  Invitation,
  InvitationAccept,
  InvitationCreate,
  InvitationList,
  InvitationOffer,
  InvitationSecret,
  PortalSession,
} from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import type { SignInDeps } from '../portal-sessions/service.ts'
import { acceptInvitation, offerOf } from './accept.ts'
import {
  createFirstOwnerInvitation,
  createInvitation,
  listInvitations,
  resendInvitation,
  revokeInvitation,
} from './service.ts'

const path = '/v1/invitations'

/** Asking people to become members. */
export const invitationOperations = [
  operation({
    id: 'invitations.create',
    method: 'post',
    effect: 'control',
    scope: 'members:write',
    stepUp: 'person',
    rate: 'write',
    path,
    summary: 'Invite somebody by mail',
    idempotency: 'accepted',
    audit: 'invitation.created',
    body: InvitationCreate,
    response: { status: 201, schema: Invitation },
    handle: (ctx, { body }) => createInvitation(ctx, body),
  }),
  operation({
    id: 'invitations.createFirstOwner',
    method: 'post',
    path: '/v1/invitations/first-owner',
    summary: 'Invite the first owner of an organization of the platform',
    effect: 'control',
    scope: 'organizations:write',
    idempotency: 'accepted',
    audit: 'invitation.created',
    rate: 'write',
    body: FirstOwnerInvitation,
    response: { status: 201, schema: Invitation },
    handle: (ctx, { body }) => createFirstOwnerInvitation(ctx, body),
  }),
  operation({
    id: 'invitations.list',
    method: 'get',
    path,
    summary: 'Who was invited, newest first',
    effect: 'controlRead',
    scope: 'members:read',
    rate: 'read',
    response: { status: 200, schema: InvitationList },
    handle: (ctx) => listInvitations(ctx),
  }),
  operation({
    id: 'invitations.resend',
    method: 'post',
    effect: 'control',
    scope: 'members:write',
    stepUp: 'person',
    rate: 'write',
    path: `${path}/{id}/resend`,
    summary: 'Mail a new link; the one before works no more',
    idempotency: 'accepted',
    audit: 'invitation.resent',
    response: { status: 200, schema: Invitation },
    handle: (ctx, { id }) => resendInvitation(ctx, id),
  }),
  operation({
    id: 'invitations.revoke',
    method: 'post',
    effect: 'control',
    scope: 'members:write',
    stepUp: 'person',
    rate: 'write',
    path: `${path}/{id}/revoke`,
    summary: 'Take an invitation back',
    idempotency: 'accepted',
    audit: 'invitation.revoked',
    response: { status: 200, schema: Invitation },
    handle: (ctx, { id }) => revokeInvitation(ctx, id),
  }),
]

/** What somebody who is signed in does with the link of an invitation. */
export function invitationAnswers(deps: SignInDeps): Operation[] {
  return [
    operation({
      id: 'invitations.preview',
      method: 'post',
      path: '/v1/session/invitations/open',
      summary: 'What an invitation offers to whoever is signed in',
      effect: 'session',
      rate: 'signIn',
      body: InvitationSecret,
      response: { status: 200, schema: InvitationOffer },
      handle: async (call, { body }) => ({
        body: await offerOf(deps, await deps.signedIn(call), body.secret, call.now),
      }),
    }),
    operation({
      id: 'invitations.accept',
      method: 'post',
      path: '/v1/session/invitations',
      summary: 'Become a member; the session gets a new cookie',
      effect: 'session',
      rate: 'signIn',
      audit: 'invitation.accepted',
      body: InvitationAccept,
      response: { status: 201, schema: PortalSession },
      handle: async (call, { body }) => {
        const { session, cookie } = await acceptInvitation(deps, await deps.signedIn(call), body, call)
        return { body: session, sessionCookie: cookie }
      },
    }),
  ]
}
