import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UsageError } from './error.ts'
import { path } from './path.ts'

test('whatever an id is, it stays one segment of the path, and comes out as it went in', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('../x', 'https://a.example/b?c#d', '%2e%2e', '?', '#')),
      (id) => {
        fc.pre(id !== '' && id !== '.' && id !== '..')
        const built = path`/v1/recipients/${id}/archive`
        const url = new URL(built, 'https://api.example.com')
        expect(url.pathname).toBe(built)
        expect([url.search, url.hash]).toEqual(['', ''])
        const segments = url.pathname.split('/')
        expect(segments).toHaveLength(5)
        expect(decodeURIComponent(segments[3] ?? '')).toBe(id)
      },
    ),
  )
})

test.each(['', '.', '..', '\ud800', undefined, null, 7, {}])('%j is no id', (id) => {
  const build = () => path`/v1/recipients/${id as string}`
  expect(build).toThrow(UsageError)
  expect(build).toThrow('The id after /v1/recipients/')
})
