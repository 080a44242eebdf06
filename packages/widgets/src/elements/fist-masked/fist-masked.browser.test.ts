import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import '../../register/fist-masked.ts'
import { expectAccessible, mount, serialised, unmountAll } from '../../testing/mount.ts'

afterEach(unmountAll)

test('shows the end of an account and reads it out', async () => {
  const element = mount('fist-masked', { last: '6789' })
  await expect.element(page.getByText('••••6789')).toBeVisible()
  await expect.element(page.getByText('account ending in 6789')).toBeInTheDocument()
  element.kind = 'routing'
  element.last = '*****0021'
  await expect.element(page.getByText('*****0021')).toBeVisible()
  await expect.element(page.getByText('routing number ending in 0021')).toBeInTheDocument()
  await expectAccessible()
})

test('shows no more than four digits of whatever it is given', async () => {
  mount('fist-masked', { last: '908172635441' })
  await expect.element(page.getByText('••••5441')).toBeVisible()
  expect(serialised()).not.toContain('90817263')
})
