import type { PortalSession } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { startAuthentication, startRegistration } from '@simplewebauthn/browser'

/** Has the device make a passkey, and takes it into use under this name. */
export async function makePasskey(client: FISTWorks, name: string): Promise<void> {
  const { options } = await client.passkeys.begin()
  const made = await startRegistration({
    optionsJSON: options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'],
  })
  const { clientDataJSON, attestationObject, transports = [] } = made.response
  const credential = { id: made.id, rawId: made.rawId, type: 'public-key' as const }
  const response = { clientDataJSON, attestationObject, transports }
  await client.passkeys.create({ name, credential: { ...credential, response } })
}

/** Has the device confirm with a passkey. @returns what the session is then */
export async function confirmWithPasskey(client: FISTWorks): Promise<PortalSession> {
  const { options } = await client.stepUp.begin()
  const { id, rawId, response } = await startAuthentication({
    optionsJSON: options as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'],
  })
  const { clientDataJSON, authenticatorData, signature, userHandle = null } = response
  const credential = { id, rawId, type: 'public-key' as const }
  return client.stepUp.verify({
    credential: { ...credential, response: { clientDataJSON, authenticatorData, signature, userHandle } },
  })
}
