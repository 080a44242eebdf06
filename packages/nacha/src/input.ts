import type { CivilDate } from './civil-date.ts'
import type { SecCode } from './sec-code.ts'

/** What a file is built from. Counts, totals, hashes, batch numbers, trace numbers and filler are worked out. */
export interface FileInput {
  /** Routing number of the receiving point (9 digits, a blank is put before), or 10 characters as agreed with the bank. */
  readonly immediateDestination: string
  /** 9 digits (a blank is put before) or up to 10 characters as agreed with the bank. */
  readonly immediateOrigin: string
  readonly immediateDestinationName?: string | undefined
  readonly immediateOriginName?: string | undefined
  readonly fileCreationDate: CivilDate
  /** HHMM */
  readonly fileCreationTime?: string | undefined
  /** A to Z or 0 to 9: tells files of one day from each other. */
  readonly fileIdModifier: string
  readonly referenceCode?: string | undefined
  readonly batches: readonly BatchInput[]
}

export interface BatchInput {
  readonly secCode: SecCode
  readonly companyName: string
  readonly companyIdentification: string
  readonly companyDiscretionaryData?: string | undefined
  readonly companyEntryDescription: string
  readonly companyDescriptiveDate?: string | undefined
  readonly effectiveEntryDate: CivilDate
  /** First 8 digits of the ODFI's routing number, or all 9. */
  readonly odfiIdentification: string
  readonly entries: readonly EntryInput[]
}

export interface EntryInput {
  readonly transactionCode: number
  /** 9 digits. */
  readonly routingNumber: string
  readonly accountNumber: string
  readonly amountCents: number
  readonly individualName: string
  readonly individualIdentification?: string | undefined
  readonly discretionaryData?: string | undefined
  /** Payment related information, one text per 05 addenda. */
  readonly addenda?: readonly string[] | undefined
  /** Last 7 digits of the trace number; one more than the entry before when left out. */
  readonly traceSequence?: number | undefined
}
