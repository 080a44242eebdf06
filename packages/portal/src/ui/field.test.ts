import { expect, it } from 'vitest'
import { sentenceAbout } from './field.ts'

it('makes a sentence about the field of what the schema says', () => {
  expect(sentenceAbout('Name', 'must not be empty')).toBe('Name must not be empty.')
  expect(sentenceAbout('Name', 'Somebody has it already.')).toBe('Somebody has it already.')
})
