import { describe, expect, it } from 'vitest'
import { CONNECTION, FINGERPRINT } from '../testing/samples.ts'
import { appears, click, expectAccessible, find, focused, openPortal, type, useFakeApi } from '../testing/portal.ts'

const fake = useFakeApi()

const NAMES = ['name', 'host', 'username', 'uploadDirectory', 'immediateDestination', 'immediateOrigin'] as const

async function fillIn(): Promise<void> {
  fake.signedIn()
  await openPortal(fake.api, '/bank-connections/new')
  await appears('form')
  for (const name of NAMES) await type(`#${name}`, CONNECTION[name])
  await type('#fingerprint', FINGERPRINT)
  await click('.typed button', 'Add')
}

function choose(selector: string, value: string): void {
  const field = find(selector)
  if (!(field instanceof HTMLSelectElement || field instanceof HTMLInputElement)) throw new Error(`No ${selector}.`)
  field.value = value
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

describe('what was agreed with the bank', () => {
  it('is sent as it is shown: cutoffs, folder of returns, names of files, a key pair made here', async () => {
    await fillIn()
    await click('input[value=newKeyPair]')
    await type('#returnDirectory', '/outbound')
    await type('#returnPollMinutes', '15')
    await click('button', 'Add a cutoff')
    await appears('#by-0')
    await expect.poll(() => focused()?.id).toBe('by-0')
    choose('#by-0', '10:30')
    choose('#lead-0', '0')
    await click('summary')
    await type('#fileNameTemplate', 'PAY_{sequence:4}.ach')
    await appears('.code', 'PAY_0042.ach')
    await expectAccessible()
    await click('button.primary', 'Save')
    await appears('h2', 'Our keys, for the bank')
    await appears('.code', 'ssh-ed25519 AAAAourpublichalf')
    expect(fake.api.sent('POST', '/v1/bank-connections')).toMatchObject([
      {
        authentication: { method: 'newKeyPair' },
        returnDirectory: '/outbound',
        returnPollMinutes: 15,
        afterProcessing: 'leave',
        cutoffs: { timeZone: 'America/New_York', times: [{ by: '10:30', leadDays: 0 }] },
        fileNameTemplate: 'PAY_{sequence:4}.ach',
        encryption: null,
      },
    ])
    await expectAccessible()
  })

  it('asks for what belongs to a choice once it is chosen', async () => {
    await fillIn()
    await click('summary')
    const isShown = (selector: string) => find(selector)?.checkVisibility()
    await expect.poll(() => isShown('[name=encrypt]')).toBe(true)
    expect([isShown('#processedDirectory'), isShown('#publicKeys')]).toEqual([false, false])
    choose('#afterProcessing', 'move')
    await click('[name=encrypt]')
    expect([isShown('#processedDirectory'), isShown('#publicKeys')]).toEqual([true, true])
    await expectAccessible()
  })

  it('is refused where it is wrong, and what is folded opens', async () => {
    await fillIn()
    await type('#password', 'correct horse')
    await click('summary')
    await type('#fileNameTemplate', 'PAY.ach')
    await appears('[role=status]', 'two files one name')
    await click('summary')
    await click('button.primary', 'Save')
    await appears('#fileNameTemplate-error', 'two files one name')
    await expect.poll(() => find('[role=status]', 'two files one name')).toBeUndefined()
    expect(find('details')?.hasAttribute('open')).toBe(true)
    expect(fake.api.sent('POST', '/v1/bank-connections')).toEqual([])
  })
})
