import { expect, test, vi } from 'vitest'
import { ownPath, signInLink } from './errand.ts'

vi.stubGlobal('location', { origin: 'https://ach.example.com' })

test.each([
  ['/bank-accounts', '/bank-accounts'],
  ['/payments?status=draft#top', '/payments?status=draft#top'],
  ['//evil.example/x', '/'],
  ['/\\evil.example/x', '/'],
  ['https://evil.example/', '/'],
  ['https://ach.example.com.evil.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['\tjavascript:alert(1)', '/'],
  ['http://ach.example.com/', '/'],
  ['/sign-in/entra?to=/sign-in/entra', '/'],
  [null, '/'],
])('after signing in, %j leads to %s', (to, path) => {
  expect(ownPath(to)).toBe(path)
})

test('the way there is written so that nothing of it gets lost', () => {
  const link = new URL(signInLink('/payments?status=draft&x=1#top'), 'https://ach.example.com')
  expect(link.searchParams.get('to')).toBe('/payments?status=draft&x=1#top')
})
