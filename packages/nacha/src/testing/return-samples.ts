import type { AddendaInput, BatchInput, EntryInput } from '../input.ts'
import { back, original, toOdfi } from './sample-parts.ts'

const returned: AddendaInput = { layout: 'addenda99', returnReasonCode: 'R03', ...original }

const named21 = { ...toOdfi, transactionCode: 21, individualName: 'JANE DOE' }

const ofReturn = {
  returnTraceNumber: '231380100000001',
  returnSettlementDate: '329',
  returnReasonCode: '03',
}

const noc = (changeCode: string, correctedData: string): EntryInput => ({
  ...named21,
  amountCents: 0,
  addenda: [{ layout: 'addenda98', changeCode, correctedData, ...original }],
})

const ppd = (entries: readonly EntryInput[]): BatchInput => ({ secCode: 'PPD', ...back, entries })

/** What banks say about payments, right in the strictest profile. */
export const RETURN_SAMPLES: Readonly<Record<string, readonly BatchInput[]>> = {
  cor: [
    {
      secCode: 'COR',
      ...back,
      entries: [
        noc('C01', '987654321'),
        noc('C02', '091000019'),
        noc('C03', '091000019   12345678901234567'),
        noc('C05', '32'),
        noc('C06', '12345678901234567   32'),
        noc('C07', '0910000191234567890123456732'),
        {
          ...named21,
          amountCents: 0,
          addenda: [
            {
              layout: 'addenda98Refused',
              refusedChangeCode: 'C62',
              ...original,
              correctedData: '987654321',
              changeCode: 'C01',
              traceSequenceNumber: '0000001',
            },
          ],
        },
      ],
    },
  ],
  returns: [
    ppd([
      { ...named21, addenda: [returned] },
      {
        ...named21,
        transactionCode: 26,
        addenda: [{ layout: 'addenda99', returnReasonCode: 'R15', dateOfDeath: '2026-11-01', ...original }],
      },
      {
        ...named21,
        transactionCode: 36,
        addenda: [{ layout: 'addenda99', returnReasonCode: 'R17', addendaInformation: 'QUESTIONABLE', ...original }],
      },
    ]),
    ppd([
      {
        ...named21,
        addenda: [
          {
            layout: 'addenda99Dishonored',
            dishonoredReturnReasonCode: 'R69',
            ...original,
            ...ofReturn,
            addendaInformation: '01*03',
          },
        ],
      },
    ]),
    ppd([
      {
        ...named21,
        addenda: [
          {
            layout: 'addenda99Contested',
            contestedReturnReasonCode: 'R73',
            dateOriginalEntryReturned: '2026-11-24',
            originalSettlementDate: '327',
            ...original,
            ...ofReturn,
            dishonoredReturnTraceNumber: '091000010000009',
            dishonoredReturnSettlementDate: '330',
            dishonoredReturnReasonCode: '68',
          },
        ],
      },
    ]),
    {
      secCode: 'CTX',
      ...back,
      entries: [
        {
          ...toOdfi,
          transactionCode: 26,
          receivingCompanyName: 'BEST CO',
          addenda: [{ layout: 'addenda99', returnReasonCode: 'R29', ...original }],
        },
      ],
    },
    {
      secCode: 'DNE',
      ...back,
      originatorStatusCode: '2',
      entries: [{ ...named21, amountCents: 0, addenda: [returned] }],
    },
  ],
}
