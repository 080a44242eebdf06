import {
  ApiKeyCreate,
  ApiKeyPage,
  type NewApiKey,
  type Platform,
  PLATFORM_ADMINISTRATOR_SCOPES,
  PlatformAdministratorList,
  PlatformCreate,
  type PortalSession,
} from '@fistworks/contract'
import { newId } from './new-id.ts'

const AT = '2026-11-20T10:00:00Z'
const json = (value: unknown, status = 200) =>
  new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } })

/** What the fake API knows of platforms and API keys. */
export class FakePlatforms {
  readonly keys: NewApiKey[] = []
  readonly platforms: Platform[] = []
  readonly #state: { session: PortalSession | null }

  constructor({ state }: { state: { session: PortalSession | null } }) {
    this.#state = state
  }

  /** `null` for what is not about them. */
  answer(method: string, path: string, body: unknown): Response | null {
    const [, , kind, id, verb] = path.split('/')
    if (kind === 'api-keys') return this.#ofKeys(method, id, verb, body)
    if (kind !== 'platforms') return null
    if (id === undefined) return json(this.add(PlatformCreate.parse(body)), 201)
    if (verb === 'accept') return this.#accepted(id)
    if (verb === 'administrators') return json(PlatformAdministratorList.parse({ data: [ADA] }))
    return json(this.platforms.find((one) => one.id === id))
  }

  /** Somebody asks the person to look after one that is there. */
  invite(name: string): string {
    const id = newId('plt')
    this.#state.session?.platformInvitations.push({ id, name })
    return id
  }

  #accepted(id: string): Response {
    const { session } = this.#state
    const invitation = session?.platformInvitations.find((one) => one.id === id)
    if (session === null || invitation === undefined) return json({}, 404)
    session.platformInvitations = session.platformInvitations.filter((one) => one.id !== id)
    return json(this.add({ name: invitation.name, allowedOrigins: [] }, invitation.id))
  }

  add(input: ReturnType<typeof PlatformCreate.parse>, id: Platform['id'] = newId('plt')): Platform {
    const branding = { displayName: null, accentColor: null }
    const made = { type: 'platform' as const, id, ...input, branding, createdAt: AT }
    this.platforms.push(made)
    const scopes = [...PLATFORM_ADMINISTRATOR_SCOPES]
    this.#state.session?.platforms.push({ id: made.id, name: made.name, scopes })
    return made
  }

  #ofKeys(method: string, id: string | undefined, verb: string | undefined, body: unknown): Response {
    if (method === 'GET') return json(ApiKeyPage.parse({ data: this.keys, hasMore: false, nextCursor: null }))
    const old = this.keys.find((key) => key.id === id)
    if (verb === 'revoke' && old !== undefined) {
      old.revokedAt = AT
      return json(old)
    }
    const made = this.#made(verb === 'rotate' && old !== undefined ? old : ApiKeyCreate.parse(body))
    if (old !== undefined) old.replacedBy = made.id
    return json(made, 201)
  }

  #made({ name, scopes, allowedNetworks }: Pick<NewApiKey, 'name' | 'scopes' | 'allowedNetworks'>): NewApiKey {
    const times = { createdAt: AT, expiresAt: '2099-11-20T10:00:00Z', revokedAt: null, lastUsedAt: null }
    const key = { type: 'apiKey' as const, id: newId('key'), lastFour: 'a1b2', organizationIds: null, replacedBy: null }
    const made = { name, scopes, allowedNetworks, ...times, ...key, secret: 'fw_test_sk_shown_once_a1b2' }
    this.keys.unshift(made)
    return made
  }
}

const ADA = {
  type: 'platformAdministrator',
  userId: newId('usr'),
  name: 'Ada Admin',
  email: 'ada@example.com',
  since: AT,
  invitationExpiresAt: null,
}
