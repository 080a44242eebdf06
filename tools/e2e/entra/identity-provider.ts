import { generateKeyPairSync } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type Configuration, interactionPolicy, Provider } from 'oidc-provider'
import { makeCertificate } from './certificate.ts'

export const TENANT = '3f0a7c1e-8a52-4a57-9d5b-0d8a6f1f2b11'
export const CLIENT = '8d0a46c2-5be9-4e53-9bb4-5a0b7b7f5f60'

export interface IdentityProvider {
  origin: string
  /** Its certificate as PEM. */
  cert: string
  stop(): Promise<void>
}

/** oidc-provider behind https, with the claims that Entra puts into its tokens and a page to choose an account on. */
export async function startIdentityProvider(redirectUri: string): Promise<IdentityProvider> {
  const { key, cert } = makeCertificate()
  const server = createServer({ key, cert })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(origin, configurationFor(redirectUri))
  const answer = provider.callback()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const work = request.url?.startsWith('/choose/') ? choose(provider, request, response) : answer(request, response)
    Promise.resolve(work).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { origin, cert, stop }
}

function configurationFor(redirectUri: string): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const policy = interactionPolicy.base()
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0)
  return {
    clients: [
      {
        client_id: CLIENT,
        token_endpoint_auth_method: 'none',
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'RS256', use: 'sig' }] } as never,
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    cookies: { keys: ['of-a-test'] },
    clientBasedCORS: () => true,
    conformIdTokenClaims: false,
    claims: { openid: ['sub', 'oid', 'tid', 'ver', 'preferred_username'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => ({
        sub: `sub-of-${accountId}`,
        oid: `oid-of-${accountId}`,
        tid: TENANT,
        ver: '2.0',
        preferred_username: `${accountId}@contoso.example`,
        name: accountId,
      }),
    }),
    interactions: { policy, url: (_, { uid }) => `/choose/${uid}` },
    async loadExistingGrant({ oidc }) {
      const { client, session } = oidc
      const grant = new oidc.provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
  }
}

const PAGE = `<!doctype html><title>Choose an account</title><h1>Choose an account</h1>
<form method="post">${['ada', 'mallory', 'cancel', 'fail'].map((each) => `<button name="as" value="${each}">${each}</button>`).join('')}</form>`

/** Who the person at the keyboard says they are; or that they would rather not. */
async function choose(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  await provider.interactionDetails(request, response)
  if (request.method !== 'POST') {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE)
    return
  }
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const chosen = new URLSearchParams(body).get('as') ?? ''
  await provider.interactionFinished(request, response, outcomeOf(chosen), { mergeWithLastSubmission: false })
}

function outcomeOf(chosen: string) {
  if (chosen === 'cancel') return { error: 'access_denied', error_description: 'The person has cancelled.' }
  if (chosen === 'fail')
    return { error: 'server_error', error_description: 'CONTOSO12: the directory is closed today.' }
  return { login: { accountId: chosen }, select_account: {} }
}
