import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { openCheckpoint, notesIn, signCheckpoint } from './checkpoint.ts'
import { openNote, publicText, signerOf, signNote, verifierOf } from './signed-note.ts'

/** The example of the Go package golang.org/x/mod/sumdb/note, whose format this is. */
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const SEED = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1)
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const NOTE = `${TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`

const signer = signerOf('PeterNeumann', SEED)
const verifier = (text: string) => {
  const key = verifierOf(text)
  if (key === null) throw new Error('is a key')
  return key
}

test('a note and a key that others made are the same here', () => {
  expect(publicText(signer)).toBe(PETER)
  expect(signNote(TEXT, signer)).toBe(NOTE)
  expect(openNote(NOTE, verifier(PETER))).toBe(TEXT)
})

test('a changed note does not open, whichever character was changed', () => {
  for (let at = 0; at < NOTE.length; at++) {
    const changed = `${NOTE.slice(0, at)}${NOTE[at] === 'A' ? 'B' : 'A'}${NOTE.slice(at + 1)}`
    expect(openNote(changed, verifier(PETER)), `character ${at}`).toBeNull()
  }
  for (const odd of ['', TEXT, NOTE.slice(0, -1), `${NOTE}x`, NOTE.replace('\n\n', '\n')]) {
    expect(openNote(odd, verifier(PETER))).toBeNull()
  }
})

test('a note may have the signatures of others beside ours, but not theirs alone', () => {
  const other = signerOf('other.example/log', Buffer.alloc(32, 7))
  const both = `${signNote(TEXT, other)}${NOTE.slice(NOTE.indexOf('— '))}`
  expect(openNote(both, verifier(PETER))).toBe(TEXT)
  expect(openNote(both, verifier(publicText(other)))).toBe(TEXT)
  expect(openNote(signNote(TEXT, other), verifier(PETER))).toBeNull()
  const sameName = signerOf('PeterNeumann', Buffer.alloc(32, 7))
  expect(openNote(signNote(TEXT, sameName), verifier(PETER))).toBeNull()
})

test.each([
  '',
  'PeterNeumann',
  PETER.replace('c74f20a3', 'c74f20a4'),
  PETER.replace('Peter', 'Paul'),
  PETER.replace('+ARpc', '+AhpC'),
  PETER.slice(0, -4),
])('%s is no key', (text) => {
  expect(verifierOf(text)).toBeNull()
})

/** A text in the form of a key, with the hash that fits what is in it. */
function keyText(type: number, key: Uint8Array): string {
  const hash = createHash('sha256').update('ach.example\n').update(Uint8Array.of(1)).update(key).digest()
  const encoded = Buffer.concat([Uint8Array.of(type), key]).toString('base64')
  return `ach.example+${hash.toString('hex', 0, 4)}+${encoded}`
}

test('a key of another kind or length is none, whatever hash it comes with', () => {
  const key = Buffer.from(PETER.slice(-44), 'base64').subarray(1)
  expect(verifierOf(keyText(1, key))?.name).toBe('ach.example')
  for (const text of [
    keyText(2, key),
    keyText(1, key.subarray(1)),
    keyText(1, Buffer.concat([key, key.subarray(0, 1)])),
  ]) {
    expect(verifierOf(text)).toBeNull()
  }
})

const root = Buffer.alloc(32, 5)
const log = signerOf('ach.example/audit/main', Buffer.alloc(32, 1))
const ours = verifier(publicText(log))

test('a checkpoint says of which log, how many, and the root', () => {
  const note = signCheckpoint({ origin: log.name, size: 1234, root }, log)
  expect(note.split('\n').slice(0, 4)).toEqual([log.name, '1234', root.toString('base64'), ''])
  expect(openCheckpoint(note, ours)).toEqual({ origin: log.name, size: 1234, root })
})

test('a restart says why', () => {
  const checkpoint = { origin: log.name, size: 0, root, restartedBecause: 'restored the copy of Monday' }
  expect(openCheckpoint(signCheckpoint(checkpoint, log), ours)).toEqual(checkpoint)
})

test('a signed note of another log, or that is no checkpoint, is none', () => {
  expect(openCheckpoint(signCheckpoint({ origin: 'ach.example/audit/control', size: 1, root }, log), ours)).toBeNull()
  for (const text of [
    'ach.example/audit/main\n',
    'ach.example/audit/main\n01\nx\n',
    `${log.name}\n-1\n${root.toString('base64')}\n`,
  ]) {
    expect(openCheckpoint(signNote(text, log), ours)).toBeNull()
  }
})

test('whole notes are found in a file, also around one that a crash cut short, wherever it cut', () => {
  const [first, second, third] = [1, 2, 3].map((size) => signCheckpoint({ origin: log.name, size, root }, log)) as [
    string,
    string,
    string,
  ]
  expect(notesIn(`${first}\n${second}\n${third}`)).toEqual([first, second, third])
  for (let cut = 0; cut < second.length - 1; cut++) {
    const torn = second.slice(0, cut)
    expect(notesIn(`${first}\n\n${torn}`), `cut at ${cut}`).toEqual([first])
    expect(notesIn(`${first}\n\n${torn}\n\n${third}`), `cut at ${cut}`).toEqual([first, third])
  }
})
