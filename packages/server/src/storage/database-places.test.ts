import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readDatabasePlaces } from './database-places.ts'

function file(content: string, mode = 0o600): string {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-places-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'databases.json')
  writeFileSync(path, content)
  chmodSync(path, mode)
  return path
}

test('databases elsewhere are read from a file; without one there are none', () => {
  const places = { main: { url: 'libsql://db.example.com', authToken: 'secret' }, west: { url: 'file:///srv/west.db' } }
  expect(readDatabasePlaces(file(JSON.stringify(places)))).toEqual(places)
  expect(readDatabasePlaces(undefined)).toEqual({})
})

test.each(['', '{', '[]', '{"main":"x"}', '{"main":{"url":"http://db.example.com"}}', '{"Main":{"url":"libsql://a"}}'])(
  '%s is refused, and the message repeats nothing of it',
  (content) => {
    expect(() => readDatabasePlaces(file(content))).toThrow(/must be JSON like/)
  },
)

test('a file that others can read is refused', () => {
  expect(() => readDatabasePlaces(file('{}', 0o644))).toThrow('chmod 600')
})
