import type { AzureKeyVaultSettings } from './azure-key-vault.ts'
import type { KeyProvider } from './key-provider.ts'
import { openLocalKeyFile } from './local-key-file.ts'

/** Which key provider, and what it needs. */
export type KeyProviderSettings = { id: 'local-file' } | ({ id: 'azure-key-vault' } & AzureKeyVaultSettings)

/** @param isInUse there are wrapped keys already, so a missing master key is a lost one */
export async function openKeyProvider(
  settings: KeyProviderSettings,
  dataFolder: string,
  isInUse: boolean,
): Promise<KeyProvider> {
  if (settings.id === 'local-file') return openLocalKeyFile(dataFolder, isInUse)
  // Azure's client is large, and only who uses it waits for it.
  const { openAzureKeyVault } = await import('./azure-key-vault.ts')
  return openAzureKeyVault(settings)
}
