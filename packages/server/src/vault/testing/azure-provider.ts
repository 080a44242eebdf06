import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AzureConnection, type AzureKeyVaultSettings, openAzureKeyVault } from '../azure-key-vault.ts'
import type { KeyProvider } from '../key-provider.ts'
import { type KeyVaultServer, startKeyVaultServer } from './key-vault-server.ts'

/** A server of our own in the place of Azure, and Azure's own client to ask it. */
export async function startAzure() {
  const server = await startKeyVaultServer()
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-'))
  const secretFile = join(folder, 'client-secret')
  writeFileSync(secretFile, `${server.clientSecret}\n`, { mode: 0o600 })
  return {
    server,
    settings: settingsOf(server, secretFile),
    secretFile,
    async close() {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
    open: (settings: Partial<AzureKeyVaultSettings> = {}, connection: AzureConnection = {}): Promise<KeyProvider> =>
      openAzureKeyVault({ ...settingsOf(server, secretFile), ...settings }, { ...trusting(server), ...connection }),
    forbidFile: () => chmodSync(secretFile, 0o644),
  }
}

function settingsOf(server: KeyVaultServer, secretFile: string): AzureKeyVaultSettings {
  const { vaultUrl, keyName, authorityHost, tenantId, clientId } = server
  const identity = { kind: 'clientSecret' as const, tenantId, clientId, secretFile }
  return { vaultUrl, keyName, keyType: 'RSA-HSM', authorityHost, identity }
}

/** What only a stand-in needs: its certificate, and a name that is not under vault.azure.net. */
function trusting(server: KeyVaultServer): AzureConnection {
  const tlsOptions = { ca: server.ca }
  return { tlsOptions, disableChallengeResourceVerification: true, disableInstanceDiscovery: true }
}
