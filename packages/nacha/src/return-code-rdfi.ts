import { returnCodeRows } from './return-code-row.ts'

const UNAUTHORIZED = {
  categories: ['unauthorized'],
  frame: '60CD',
  writtenStatement: true,
  direction: 'debit',
} as const
const ASK = 'Ask the receiver for the right data; send a new entry with it.'

/** Codes by which the receiving bank returns an entry (reference 4.2), but those of converted checks (`return-code-check.ts`). */
export const RDFI_RETURN_CODES = returnCodeRows(
  {},
  {
    R01: {
      reason: 'Not enough money in the account.',
      advice: 'Agree on a day with the receiver, or send it again: at most twice, as it was.',
      categories: ['funds'],
      again: 'retry',
      direction: 'debit',
      notFor: ['RCK'],
    },
    R02: {
      reason: 'The account is closed.',
      advice: 'Ask the receiver for another account.',
      categories: ['administrative'],
      again: 'fix',
    },
    R03: {
      reason: 'There is no such account, or it is not this person’s.',
      advice: ASK,
      categories: ['administrative'],
      again: 'fix',
      notes: ['Not for ARC, BOC or POP only because the name is missing.'],
    },
    R04: {
      reason: 'No account number of this bank looks like this one.',
      advice: ASK,
      categories: ['administrative'],
      again: 'fix',
    },
    R05: {
      ...UNAUTHORIZED,
      reason: 'A company debit (CCD, CTX) was charged to a consumer who did not authorize it.',
      advice: 'Stop; get an authorization, and use the SEC code for consumers.',
      again: 'auth',
      onlyFor: ['CCD', 'CTX'],
    },
    R06: {
      reason: 'Your bank asked for it back.',
      advice: 'Nothing to find out: the reason is with whoever asked. Send a right entry if one is due.',
      categories: ['by_request'],
      frame: 'AGR',
      again: 'fix',
      changes: [
        { on: '2024-10-01', what: 'the originating bank may ask for any reason' },
        { on: '2025-04-01', what: 'the receiving bank answers a request within 10 banking days' },
      ],
    },
    R07: {
      ...UNAUTHORIZED,
      reason: 'The consumer had authorized the debit and withdrew that.',
      advice: 'Stop all debits of this receiver until there is a new authorization.',
      again: 'auth',
      notFor: ['ARC', 'BOC', 'POP', 'RCK'],
    },
    R08: {
      reason: 'The receiver stopped the payment.',
      advice: 'Ask the receiver; send it again only when they agree.',
      categories: ['stop'],
      again: 'auth',
      direction: 'debit',
      notes: ['The order may be for one or several debits.'],
    },
    R09: {
      reason: 'The money is there but not collected yet.',
      advice: 'Wait some days, then send it again: at most twice, as it was.',
      categories: ['funds'],
      again: 'retry',
      direction: 'debit',
      notFor: ['RCK'],
    },
    R10: {
      ...UNAUTHORIZED,
      reason: 'The receiver does not know you, or did not authorize the debit.',
      advice: 'Stop; find the authorization. Without one, no further debit.',
      again: 'auth',
      notFor: ['CCD', 'CTX'],
      notes: ['A company says so with R05 (consumer account) or R29.'],
    },
    R11: {
      ...UNAUTHORIZED,
      reason:
        'The debit was authorized, but not like this: other amount, other date, improper source document or reversal.',
      advice: 'Correct the error and send a new entry within 60 days of the return: the authorization still holds.',
      again: 'new60',
      changes: [{ on: '2020-04-01', what: 'took this meaning' }],
      notes: ['No new entry when the error cannot be corrected.', 'Also improper reversal of a consumer’s entry.'],
    },
    R12: {
      reason: 'The account now belongs to another bank: the branch was sold.',
      advice: 'Ask the receiver for the new routing and account number.',
      again: 'fix',
    },
    R14: {
      reason: 'The representative payee is dead or cannot act any more.',
      advice: 'Stop the payments; find out who acts for the beneficiary.',
      categories: ['deceased'],
      again: 'no',
      notes: ['The date of death is in the addenda.'],
    },
    R15: {
      reason: 'The beneficiary or the account holder is dead.',
      advice: 'Stop the payments; talk to the estate.',
      categories: ['deceased'],
      again: 'no',
      notes: ['The date of death is in the addenda.'],
    },
    R16: {
      reason: 'The account is frozen.',
      advice: 'Ask the receiver for another account or another way to pay.',
      categories: ['frozen'],
      again: 'no',
      changes: [{ on: '2028-03-17', what: 'no longer means returned on a sanctions order: that is R90 then' }],
    },
    R17: {
      reason: 'The receiving bank cannot process a field, or holds the entry for suspect.',
      advice:
        'Read the addenda: it names the field to correct, or says QUESTIONABLE. Then ask your bank before anything else.',
      again: 'fix',
      changes: [
        { on: '2024-10-01', what: 'also for entries suspected of false pretenses, with QUESTIONABLE' },
        { on: '2026-01-01', what: 'before or after posting' },
      ],
      notes: [
        '`QUESTIONABLE` in the first 12 positions of the addenda information: suspected fraud; not again until it is cleared.',
        'Also improper reversal of a company’s entry.',
      ],
    },
    R20: {
      reason: 'This account may not be used for payments.',
      advice: 'Ask the receiver for a checking or savings account.',
      again: 'fix',
    },
    R21: {
      reason: 'The company identification is not valid.',
      advice: 'Check the identification with the payee, then send a new entry.',
      again: 'fix',
      notes: ['Mostly CIE.'],
    },
    R22: {
      reason: 'The payee does not know the individual identification number.',
      advice: 'Check the customer number with the payee, then send a new entry.',
      again: 'fix',
      onlyFor: ['CIE', 'MTE'],
    },
    R23: {
      reason: 'The receiver refuses the credit.',
      advice: 'Ask the receiver why: amount, debt already paid, unknown sender.',
      categories: ['refused_credit'],
      frame: '2BD-refusal',
      again: 'auth',
      direction: 'credit',
    },
    R24: {
      reason: 'The entry looks like a duplicate of another.',
      advice: 'Check whether the first one was posted: then nothing is owed.',
      again: 'no',
    },
    R29: {
      reason: 'The company says that it did not authorize the debit.',
      advice: 'Ask the company: it may have a debit block that must list you. Stop until it agrees.',
      categories: ['unauthorized'],
      again: 'auth',
      direction: 'debit',
      onlyFor: ['CCD', 'CTX'],
      notes: ['Later than 2 banking days only as R31, with the originating bank’s consent.'],
    },
    R31: {
      reason: 'Your bank agreed to take a company debit back late.',
      advice: 'Ask your bank what it agreed to; settle it with the company.',
      categories: ['by_request'],
      frame: 'AGR',
      again: 'auth',
      direction: 'debit',
      onlyFor: ['CCD', 'CTX'],
    },
    R90: {
      reason: 'Returned to comply with sanctions.',
      advice: 'Stop; do not pay this receiver another way. Talk to your bank and to counsel.',
      categories: ['sanctions'],
      frame: 'OWN',
      again: 'no',
      from: '2028-03-17',
      notes: ['Read as known before that day too.'],
      unconfirmed: 'its time frame',
    },
  },
)
