import type { CivilDate } from '../civil-date.ts'
import type { Entry } from '../entries.ts'
import type { Batch } from '../file.ts'
import type { FileHeader } from '../records/file-header.ts'
import type { ReturnedDebits } from './return-rate.ts'

/** What is known of the entry that an entry of a file reverses or sends again, or of the return that a fee is for. */
export interface EarlierEntry {
  readonly settledOn: CivilDate
  /** How often it was sent again already. */
  readonly timesSentAgain: number
  readonly amountCents: number
  readonly companyName: string
  readonly companyIdentification: string
}

/** What was sent before, as far as the caller knows; a question that is left out or answered with null asks no rule. */
export interface History {
  /** Was a file with the same origin, destination, creation date, time and modifier sent before? */
  readonly hasFile?: (header: FileHeader) => boolean
  /** When did the entry with this trace number settle? Asked for returns and notifications of change. */
  readonly settlementOf?: (originalTraceNumber: string) => CivilDate | null
  /** Which entry is this one about? Asked in REVERSAL, RETRY PYMT and RETURN FEE batches. */
  readonly earlierOf?: (entry: Entry, batch: Batch) => EarlierEntry | null
  /** When was the originator told of this notification of change? Null too once the change is applied. */
  readonly toldOn?: (entry: Entry) => CivilDate | null
  /** How many debits of the company of this batch came back in the last 60 days? Asked once for each company. */
  readonly returnedDebitsOf?: (batch: Batch) => readonly ReturnedDebits[] | null
  /** When did the prenote to the account of this payment settle, if there was one and no payment since? */
  readonly prenoteOf?: (entry: Entry) => CivilDate | null
}
