import { expect, it } from 'vitest'
import { actionWords } from './action-words.ts'

it.each([
  ['achFile.approvalRequested', 'ACH file approval requested'],
  ['bankConnection.created', 'Bank connection created'],
  ['recipient.archived', 'Recipient archived'],
  ['recipient.revealed', 'Full numbers of a recipient shown'],
])('%s reads as words', (action, words) => {
  expect(actionWords(action)).toBe(words)
})
