import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { signCheckpoint } from './checkpoint.ts'
import { checkpointFile } from './checkpoint-file.ts'
import { signerOf } from './signed-note.ts'

const signer = signerOf('ach.example/audit/main', Buffer.alloc(32, 1))
const noteOf = (size: number) => signCheckpoint({ origin: signer.name, size, root: Buffer.alloc(32, 5) }, signer)

function freshPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-checkpoint-file-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'audit-main.checkpoints')
}

/** The lowest descriptor that is free: another than before when one was left open. */
function freeDescriptor(): number {
  const file = openSync('/dev/null', 'r')
  closeSync(file)
  return file
}

test('a file has its notes one after the other, empty lines between them, and tells the newest', () => {
  const path = freshPath()
  const file = checkpointFile(path)
  expect(file.last()).toBeNull()
  file.append(noteOf(1))
  expect(readFileSync(path, 'utf8')).toBe(noteOf(1))
  expect(file.last()).toBe(noteOf(1))
  file.append(noteOf(2))
  file.append(noteOf(3))
  expect(readFileSync(path, 'utf8')).toBe(`${noteOf(1)}\n\n${noteOf(2)}\n\n${noteOf(3)}`)
  expect(file.last()).toBe(noteOf(3))
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('the newest whole note is found in front of half a note and of much else, and there may be none', () => {
  const path = freshPath()
  const file = checkpointFile(path)
  writeFileSync(path, noteOf(1).slice(0, -1))
  expect(file.last()).toBeNull()
  file.append(noteOf(2))
  expect(file.last()).toBe(noteOf(2))
  appendFileSync(path, `\n\n${noteOf(3).slice(0, -20)}\n${'no note at all\n'.repeat(2000)}`)
  expect(file.last()).toBe(noteOf(2))
})

test('a link in its place is not followed', () => {
  const path = freshPath()
  const elsewhere = `${path}.elsewhere`
  writeFileSync(elsewhere, '')
  symlinkSync(elsewhere, path)
  expect(() => checkpointFile(path).append(noteOf(1))).toThrow(/ELOOP/)
  expect(readFileSync(elsewhere, 'utf8')).toBe('')
})

test('it leaves nothing open', () => {
  const file = checkpointFile(freshPath())
  const before = freeDescriptor()
  file.append(noteOf(1))
  file.last()
  expect(freeDescriptor()).toBe(before)
})
