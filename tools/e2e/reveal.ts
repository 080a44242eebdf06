import type { Page } from 'playwright'
import { confirmWithPasskey } from './passkey.ts'
import type { Witness } from './witness.ts'

/** What an administrator saw of one recipient, after confirming with a passkey. */
export interface Revealed {
  routing: string
  account: string
  /** What the page showed after the numbers were hidden again. */
  afterwards: string
}

/** Looks at one recipient's full numbers. */
export async function revealNumbers(page: Page, witness: Witness, vendor: string): Promise<Revealed> {
  await page.getByRole('link', { name: 'Recipients' }).click()
  await page.getByRole('link', { name: vendor }).click()
  await page.getByLabel('Purpose').fill('The bank asks which account entry 7 went to')
  await page.getByRole('button', { name: 'Show the full numbers' }).click()
  await confirmWithPasskey(page, page.getByText('They hide by themselves'))
  const [routing = '', account = ''] = await page.locator('dd.full').allInnerTexts()
  await page.getByRole('button', { name: 'Hide them' }).click()
  await page.getByLabel('Purpose').waitFor()
  await witness.look(page, 'the recipient after the numbers were hidden')
  return { routing, account, afterwards: await page.locator('body').innerText() }
}
