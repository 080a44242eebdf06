import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from './config.ts'
import { createParts } from './parts.ts'

test('a lost master key is not replaced by a new one: the server refuses to start until it is back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fistworks-parts-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const config = readConfig('development', { FISTWORKS_DATA: folder })
  const before = await createParts(config, null)
  await before.vault.createKeys('org_1')
  await before.databases.close()

  const [key, elsewhere] = [join(folder, 'master.key'), join(folder, 'kept-elsewhere')]
  await rename(key, elsewhere)
  await expect(createParts(config, null)).rejects.toThrow('Put the file back')

  await rename(elsewhere, key)
  const after = await createParts(config, null)
  await expect(after.vault.forOrganization('org_1')).resolves.toMatchObject({ organizationId: 'org_1' })
  await after.databases.close()
})
