import {
  AccessReview,
  AccessReviewDecision,
  AccountClosing,
  type Id,
  InvitationAccept,
  InvitationCreate,
  InvitationList,
  InvitationOffer,
  InvitationSecret,
  type MailChoice,
  MailChoiceUpdate,
  Member,
  MemberList,
  MemberRoleChange,
  Organization,
  OrganizationClosing,
  OrganizationCreate,
  PortalSession,
  type ProblemCode,
  ROLE_SCOPES,
} from '@fistworks/contract'
import { newId } from './new-id.ts'

const AT = '2026-11-20T10:00:00Z'
const json = (value: unknown, status = 200) =>
  new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } })
const nothing = () => new Response(null, { status: 204 })

interface Host {
  state: { session: PortalSession | null }
  problem(code: ProblemCode, detail: string): Response
}

/** What the fake API knows of members and invitations. */
export class FakePeople {
  readonly members: Member[] = []
  readonly invitations: ReturnType<typeof InvitationList.parse>['data'] = []
  mailChoice: MailChoice = { type: 'mailChoice', off: [] }
  readonly review: AccessReview = {
    type: 'accessReview',
    everyDays: 90,
    lastCompletedAt: null,
    dueAt: '2026-11-20T10:00:00Z',
    isOverdue: true,
    current: null,
  }
  /** Which secret is valid, and for what. */
  offer: { secret: string; organizationName: string } | null = null
  readonly #api: Host

  constructor(api: Host) {
    this.#api = api
  }

  addMember(name: string, role: Member['role'], id = newId('usr')): Member {
    const email = `${name.split(' ')[0]?.toLowerCase()}@example.com`
    const member = { type: 'member' as const, id, name, email, role, joinedAt: AT, roleSince: AT }
    const made = Member.parse({ ...member, lastUsedAt: null, hasSecondFactor: true })
    this.members.push(made)
    return made
  }

  answer(method: string, path: string, body: unknown): Response | null {
    switch (`${method} ${path}`) {
      case 'GET /v1/members':
        return json(MemberList.parse({ data: this.members }))
      case 'GET /v1/access-reviews':
        return json(AccessReview.parse(this.review))
      case 'POST /v1/access-reviews':
        return json(this.beginReview(), 201)
      case 'GET /v1/invitations':
        return json(InvitationList.parse({ data: this.invitations }))
      case 'POST /v1/invitations':
        return json(this.invite(InvitationCreate.parse(body)), 201)
      case 'POST /v1/session/invitations/open':
        return this.open(InvitationSecret.parse(body).secret)
      case 'POST /v1/session/invitations':
        return this.join(InvitationAccept.parse(body))
      case 'GET /v1/session/mails':
        return json(this.mailChoice)
      case 'POST /v1/session/mails':
        this.mailChoice = { type: 'mailChoice', ...MailChoiceUpdate.parse(body) }
        return json(this.mailChoice)
      case 'POST /v1/session/close-account':
        AccountClosing.parse(body)
        return nothing()
      case 'POST /v1/members/leave':
        this.setOrganizations([])
        return nothing()
      case 'POST /v1/organizations':
        return this.found(OrganizationCreate.parse(body).name)
      default:
        return this.one(path, body)
    }
  }

  private one(path: string, body: unknown): Response | null {
    const [, , kind, id, verb] = path.split('/')
    if (kind === 'members') {
      const member = this.members.find((one) => one.id === id)
      if (member === undefined) return null
      if (verb === 'change-role') return json(Object.assign(member, MemberRoleChange.parse(body)))
      if (verb === 'reset-second-factors') member.hasSecondFactor = false
      if (verb !== 'remove') return nothing()
      this.members.splice(this.members.indexOf(member), 1)
      return nothing()
    }
    if (kind === 'organizations' && verb === 'close') {
      const { name } = OrganizationClosing.parse(body)
      this.setOrganizations(this.session.organizations.map((one) => ({ ...one, status: 'closing', scopes: [] })))
      return json(
        Organization.parse({ type: 'organization', id, name, externalId: null, status: 'closing', createdAt: AT }),
      )
    }
    if (kind === 'access-reviews') return this.decide(AccessReviewDecision.parse(body))
    if (kind !== 'invitations') return null
    const invitation = this.invitations.find((one) => one.id === id)
    if (invitation === undefined) return null
    if (verb === 'revoke') invitation.status = 'revoked'
    return json(invitation)
  }

  private get session(): PortalSession {
    const { session } = this.#api.state
    if (session === null) throw new Error('nobody is signed in')
    return session
  }

  private setOrganizations(organizations: PortalSession['organizations']): void {
    this.#api.state.session = PortalSession.parse({ ...this.session, organizations })
  }

  private invite({ email, role }: ReturnType<typeof InvitationCreate.parse>) {
    const times = { createdAt: AT, expiresAt: '2026-11-27T10:00:00Z', sentAt: null }
    const made = {
      type: 'invitation',
      id: newId('inv'),
      email,
      role,
      status: 'pending',
      invitedBy: 'Ada',
      ...times,
    } as const
    this.invitations.unshift(made)
    return made
  }

  private beginReview(): AccessReview {
    const items = this.members.map(({ id, name, role }) => {
      const undecided = { lastUsedAt: null, decision: null, decidedAt: null, decidedBy: null }
      return { subjectType: 'member' as const, subjectId: id, name, access: role, since: AT, ...undecided }
    })
    this.review.current = { id: newId('rev'), begunAt: AT, begunBy: 'Ada', items }
    return this.review
  }

  private decide({ subjectId, decision }: AccessReviewDecision): Response {
    const { current } = this.review
    const item = current?.items.find((one) => one.subjectId === subjectId)
    if (current === null || item === undefined) return this.#api.problem('not-found', 'There is no such access.')
    Object.assign(item, { decision, decidedAt: AT, decidedBy: 'Ada' })
    const at = this.members.findIndex(({ id }) => id === subjectId)
    if (decision === 'revoked' && at >= 0) this.members.splice(at, 1)
    if (current.items.every((one) => one.decision !== null)) {
      Object.assign(this.review, { current: null, lastCompletedAt: AT, isOverdue: false })
    }
    return json(AccessReview.parse(this.review))
  }

  private open(secret: string): Response {
    if (this.offer?.secret !== secret) return this.#api.problem('not-found', 'This invitation is not valid any more.')
    const { organizationName } = this.offer
    const offer = { type: 'invitationOffer', organizationName, role: 'approver', invitedBy: 'Olive' }
    return json(InvitationOffer.parse({ ...offer, expiresAt: '2026-11-27T10:00:00Z' }))
  }

  private join({ name = '' }: InvitationAccept): Response {
    const user = { ...this.session.user, name }
    this.#api.state.session = { ...this.session, user }
    this.enter(this.offer?.organizationName ?? '', 'approver')
    return json(this.#api.state.session, 201)
  }

  private found(name: string): Response {
    const id = this.enter(name, 'owner')
    return json(
      Organization.parse({ type: 'organization', id, name, externalId: null, status: 'open', createdAt: AT }),
      201,
    )
  }

  private enter(name: string, role: 'owner' | 'approver'): Id<'org'> {
    const id = newId('org')
    const added = { id, name, status: 'open', role, scopes: [...ROLE_SCOPES[role]] } as const
    this.setOrganizations([...this.session.organizations, { ...added, scopes: [...added.scopes] }])
    return id
  }
}
