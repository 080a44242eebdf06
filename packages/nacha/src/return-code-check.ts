import { returnCodeRows } from './return-code-row.ts'

const CHECKS = ['ARC', 'BOC', 'POP']

/** Codes for entries that were made from checks (reference 4.2). */
export const CHECK_RETURN_CODES = returnCodeRows(
  { categories: ['check'], direction: 'debit' },
  {
    R33: {
      reason: 'The receiving bank returns a destroyed check entry (XCK) as it may.',
      advice: 'Settle it with the check writer.',
      frame: '60CD',
      again: 'no',
      onlyFor: ['XCK'],
    },
    R37: {
      reason: 'The check that the entry was made from was paid too.',
      advice: 'Nothing is owed if the check was paid: find out how it got back into clearing.',
      frame: '60CD',
      writtenStatement: true,
      again: 'no',
      onlyFor: CHECKS,
    },
    R38: {
      reason: 'The check that the entry was made from had been stopped.',
      advice: 'Settle it with the check writer.',
      categories: ['stop', 'check'],
      frame: '60CD',
      again: 'no',
      onlyFor: ['ARC', 'BOC'],
    },
    R39: {
      reason: 'The check may not be made into an entry, or was paid too, as the receiving bank found.',
      advice: 'Present the check itself if it was not paid.',
      again: 'no',
      onlyFor: CHECKS,
    },
    R50: {
      reason: 'The law of the state does not allow this re-presented check entry.',
      advice: 'Collect the check another way.',
      again: 'no',
      onlyFor: ['RCK'],
    },
    R51: {
      reason: 'The check may not be re-presented as an entry, or the entry was made wrongly.',
      advice: 'Collect the check another way.',
      categories: ['unauthorized', 'check'],
      frame: '60CD',
      writtenStatement: true,
      again: 'no',
      onlyFor: ['RCK'],
    },
    R52: {
      reason: 'The check that was re-presented had been stopped.',
      advice: 'Settle it with the check writer.',
      categories: ['stop', 'check'],
      frame: '60CD',
      again: 'no',
      onlyFor: ['RCK'],
    },
    R53: {
      reason: 'The check and its re-presented entry were both presented.',
      advice: 'Nothing is owed if the check was paid: find out how it got back into clearing.',
      frame: '60CD',
      writtenStatement: true,
      again: 'no',
      onlyFor: ['RCK'],
    },
  },
)
