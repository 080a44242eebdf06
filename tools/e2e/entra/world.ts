import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answers } from '../../ports.ts'
import { processGroup } from '../../process-group.ts'
import { inWorkspace, nodeOptions } from '../../workspace.ts'
import { freePort } from '../world.ts'
import { CLIENT, startIdentityProvider, TENANT } from './identity-provider.ts'

/** The server as `npm start` runs it, with an identity provider beside it. */
export interface EntraWorld {
  serverUrl: string
  providerUrl: string
  printed: string[]
  stop(): Promise<void>
}

export async function startEntraWorld(): Promise<EntraWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'fistworks-entra-'))
  const [port, sandboxPort] = [await freePort(), await freePort()]
  const serverUrl = `http://localhost:${port}`
  const provider = await startIdentityProvider(`${serverUrl}/sign-in/entra`)
  const certificate = join(folder, 'provider.pem')
  await writeFile(certificate, provider.cert)
  const printed: string[] = []
  const group = processGroup((line) => printed.push(line))
  const stop = async () => {
    await group.stop()
    await provider.stop()
    await rm(folder, { recursive: true, force: true })
  }
  const environment = {
    FISTWORKS_PORT: String(port),
    FISTWORKS_SANDBOX_BANK_PORT: String(sandboxPort),
    FISTWORKS_DATA: join(folder, 'server'),
    FISTWORKS_TRUSTED_PROXIES: '127.0.0.1',
    FISTWORKS_ENTRA_AUTHORITY: provider.origin,
    FISTWORKS_ENTRA_CLIENT_ID: CLIENT,
    FISTWORKS_ENTRA_TENANT_ID: TENANT,
    FISTWORKS_ENTRA_ISSUER: provider.origin,
    FISTWORKS_ENTRA_JWKS_URI: `${provider.origin}/jwks`,
    NODE_EXTRA_CA_CERTS: certificate,
  }
  group.launch({
    name: 'server',
    args: [...nodeOptions, inWorkspace('packages/server/src/main.ts'), 'dev'],
    environment,
  })
  if (await answers(`${serverUrl}/healthz`, 60_000, AbortSignal.timeout(60_000))) {
    return { serverUrl, providerUrl: provider.origin, printed, stop }
  }
  await stop()
  throw new Error(`The server did not start:\n${printed.join('\n')}`)
}
