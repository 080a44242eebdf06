import type { Config } from '../config.ts'
import { newId as systemId } from '../new-id.ts'
import type { Databases } from '../storage/directory.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Logger } from '../telemetry/log.ts'
import { openKeyProvider } from '../vault/open-key-provider.ts'
import { createVault, hasKeys, type Vault } from '../vault/vault.ts'
import { createKeyOffice, type KeyOffice } from './office.ts'
import { createRewrapHandlers } from './rewrap.ts'

/** The vault, what operators do with its keys, and the job that follows a rotation. */
export interface Keys {
  vault: Vault
  office: KeyOffice
  handlers: ReturnType<typeof createRewrapHandlers>
}

/** A refusal to open the keys lets go of the databases, so that the next start finds them free. */
export async function openKeys(
  config: Config,
  databases: Databases,
  surroundings: { log: Logger; now(): Date; onEnqueued(): void },
  given: Partial<Surroundings> = {},
): Promise<Keys> {
  const { control } = databases
  const { log, now, onEnqueued } = surroundings
  try {
    const keyProvider =
      given.keyProvider ?? (await openKeyProvider(config.keyProvider, config.dataFolder, await hasKeys(control)))
    const rotateDue = (organizationId: string): void => {
      log.warn({ organizationId }, 'a data key has sealed so much that it is rotated')
      office.rotateData(organizationId).catch((error: unknown) => log.error({ err: error }, 'a rotation did not start'))
    }
    const timer = given.elapsedMs === undefined ? {} : { elapsedMs: given.elapsedMs }
    const vault = createVault({ control, keyProvider, now, onDue: rotateDue, ...timer })
    const newId = given.newId ?? systemId
    const newJobId = () => newId('job', now())
    const office = createKeyOffice({ databases, keyProvider, vault, now, newJobId, onEnqueued })
    return { vault, office, handlers: createRewrapHandlers({ databases, vault, now }) }
  } catch (error) {
    await databases.close()
    throw error
  }
}
