import { expect, test } from 'vitest'
import { recognize } from './recognize.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

test.each([
  [`ACCEPTED ${'ab'.repeat(32)}\n`, 'acknowledgement'],
  [`accepted ${'AB'.repeat(32)} \r\nmore\n`, 'acknowledgement'],
  ['REJECTED', 'acknowledgement'],
  ['REJECTED the batch is out of balance\r\n', 'acknowledgement'],
  [`ACCEPTED ${'ab'.repeat(31)}\n`, 'notUnderstood'],
  ['REJECTEDLY\n', 'notUnderstood'],
  ['REJECTED one\rREJECTED two', 'notUnderstood'],
])('%j is %s', (text, kind) => {
  expect(recognize(bytes(text)).kind).toBe(kind)
})

test('what a bank made to be slow to read is read at once', () => {
  const before = process.cpuUsage()
  expect(recognize(bytes(`REJECTED ${' '.repeat(65_000)}\rX`)).kind).toBe('notUnderstood')
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1_000).toBeLessThan(500)
})
