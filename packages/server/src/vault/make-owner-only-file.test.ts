import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { linkUnlessThere, makeOwnerOnlyFile, syncFolder } from './make-owner-only-file.ts'

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-make-file-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The lowest descriptor that is free: another than before when one was left open. */
function freeDescriptor(): number {
  const file = openSync('/dev/null', 'r')
  closeSync(file)
  return file
}

test('the file is its owner’s alone, and nothing else is left', () => {
  const folder = freshFolder()
  const path = join(folder, 'a.key')
  const before = freeDescriptor()
  makeOwnerOnlyFile(path, 'secret')
  expect(freeDescriptor()).toBe(before)
  expect(readFileSync(path, 'utf8')).toBe('secret')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['a.key'])
})

test('of two that make it at once both go on, with the file of the first', () => {
  const folder = freshFolder()
  const path = join(folder, 'a.key')
  makeOwnerOnlyFile(path, 'first')
  makeOwnerOnlyFile(path, 'second')
  expect(readFileSync(path, 'utf8')).toBe('first')
  expect(readdirSync(folder)).toEqual(['a.key'])
})

test('a file that cannot be made is not passed over', () => {
  const folder = freshFolder()
  expect(() => makeOwnerOnlyFile(join(folder, 'none', 'a.key'), 'secret')).toThrow(/ENOENT/)
  expect(() => linkUnlessThere(join(folder, 'none'), join(folder, 'a.key'))).toThrow(/ENOENT/)
  expect(readdirSync(folder)).toEqual([])
})

test('a name that is taken stays what it is', () => {
  const folder = freshFolder()
  const [from, to] = [join(folder, 'from'), join(folder, 'to')]
  writeFileSync(from, 'from')
  writeFileSync(to, 'to')
  linkUnlessThere(from, to)
  expect(readFileSync(to, 'utf8')).toBe('to')
})

test('a folder that is not there is said when its names are to be kept', () => {
  expect(() => syncFolder(join(freshFolder(), 'none'))).toThrow(/ENOENT/)
})
