/** The app registration people sign in with. None of it is secret: the browser is told all but the last two. */
export interface EntraSettings {
  /** What the button calls it. */
  name: string
  /** Where people sign in: `https://contoso.ciamlogin.com/<tenant id>/v2.0`. */
  authority: string
  clientId: string
  /** The one directory whose accounts are let in. */
  tenantId: string
  scopes: readonly string[]
  /** What a token must name as its issuer, to the letter. */
  issuer: string
  /** The only address that signing keys are taken from. */
  keysAddress: string
}

type Environment = Readonly<Record<string, string | undefined>>

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const NEEDED = ['FISTWORKS_ENTRA_AUTHORITY', 'FISTWORKS_ENTRA_CLIENT_ID', 'FISTWORKS_ENTRA_TENANT_ID'] as const

/**
 * Sign-in with Microsoft Entra External ID, or `undefined` when none of its settings is there.
 * @throws Error that names the setting and what it must look like
 */
export function readEntraSettings(env: Environment): EntraSettings | undefined {
  const given = Object.keys(env).filter((name) => name.startsWith('FISTWORKS_ENTRA_') && env[name] !== undefined)
  if (given.length === 0) return undefined
  const missing = NEEDED.filter((name) => !env[name])
  if (missing.length > 0) throw new Error(`${missing.join(' and ')} must be set too, or no FISTWORKS_ENTRA_ at all`)
  const authority = addressOf(env, 'FISTWORKS_ENTRA_AUTHORITY', '').replace(/\/$/, '')
  const tenantId = env['FISTWORKS_ENTRA_TENANT_ID'] ?? ''
  if (!GUID.test(tenantId)) throw new Error('FISTWORKS_ENTRA_TENANT_ID must be a GUID in small letters')
  const clientId = env['FISTWORKS_ENTRA_CLIENT_ID'] ?? ''
  if (!/^[\x21-\x7e]{1,200}$/.test(clientId)) {
    throw new Error('FISTWORKS_ENTRA_CLIENT_ID must be the application (client) id, without spaces')
  }
  const own = microsoftAddresses(new URL(authority), tenantId)
  return {
    name: env['FISTWORKS_ENTRA_NAME'] ?? 'Microsoft',
    authority,
    clientId,
    tenantId,
    scopes: scopesOf(env['FISTWORKS_ENTRA_SCOPES'] ?? 'openid profile email'),
    issuer: addressOf(env, 'FISTWORKS_ENTRA_ISSUER', own?.issuer),
    keysAddress: addressOf(env, 'FISTWORKS_ENTRA_JWKS_URI', own?.keys),
  }
}

/** Where Microsoft has issuer and keys of an external tenant; other hosts have to be told. */
function microsoftAddresses(authority: URL, tenantId: string): { issuer: string; keys: string } | null {
  if (!authority.host.endsWith('.ciamlogin.com')) return null
  return {
    issuer: `https://${tenantId}.ciamlogin.com/${tenantId}/v2.0`,
    keys: `${authority.origin}/${tenantId}/discovery/v2.0/keys`,
  }
}

function addressOf(env: Environment, name: string, otherwise: string | undefined): string {
  const text = env[name] ?? otherwise
  if (text === undefined) throw new Error(`${name} must be set when the authority is not at ciamlogin.com`)
  if (!/^https:\/\/[^/?#@\s]+(\/[^?#\s]*)?$/.test(text) || !URL.canParse(text)) {
    throw new Error(`${name} must be an address like https://contoso.ciamlogin.com/…, without ? and #`)
  }
  return text
}

function scopesOf(text: string): string[] {
  const scopes = text.split(/[\s,]+/).filter((scope) => scope !== '')
  if (!scopes.includes('openid')) throw new Error('FISTWORKS_ENTRA_SCOPES must hold openid: no token comes otherwise')
  return scopes
}
