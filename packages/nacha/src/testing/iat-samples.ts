import type { AddendaInput, BatchInput, EntryInputOf, IatBatchInput } from '../input.ts'
import { common, original } from './sample-parts.ts'

const iatHeader: Omit<IatBatchInput, 'entries'> = {
  secCode: 'IAT',
  foreignExchangeIndicator: 'FF',
  foreignExchangeReferenceIndicator: '3',
  isoDestinationCountryCode: 'CA',
  originatorIdentification: '1234567890',
  companyEntryDescription: 'TRADEPAYMT',
  isoOriginatingCurrencyCode: 'USD',
  isoDestinationCurrencyCode: 'CAD',
  effectiveEntryDate: '2026-11-23',
  odfiIdentification: '091000019',
}

const iatParties: readonly AddendaInput[] = [
  { layout: 'addenda10', transactionTypeCode: 'BUS', foreignPaymentAmount: '000000000000012500', receiverName: 'BEK' },
  { layout: 'addenda11', originatorName: 'ACME TOOLS', originatorStreetAddress: '15 WEST PLACE STREET' },
  { layout: 'addenda12', originatorCityState: 'JACOBSTOWN*PA\\', originatorCountryPostalCode: 'US*19305\\' },
  {
    layout: 'addenda13',
    odfiName: 'WELLS FARGO',
    odfiIdQualifier: '01',
    odfiId: '091000019',
    odfiBranchCountryCode: 'US',
  },
  { layout: 'addenda14', rdfiName: 'CITADEL', rdfiIdQualifier: '02', rdfiId: 'ROYCCAT2', rdfiBranchCountryCode: 'CA' },
  { layout: 'addenda15', receiverIdentification: '98765', receiverStreetAddress: '2121 FRONT STREET' },
  { layout: 'addenda16', receiverCityState: 'LETTERTOWN*AB\\', receiverCountryPostalCode: 'CA*80014\\' },
]

const remittance: AddendaInput = { layout: 'addenda17', paymentRelatedInformation: 'INVOICE 4711' }

const correspondent: AddendaInput = {
  layout: 'addenda18',
  correspondentBankName: 'BANK OF FRANCE',
  correspondentBankIdQualifier: '02',
  correspondentBankId: 'BDFEFRPP',
  correspondentBankBranchCountryCode: 'FR',
}

const iatEntry: EntryInputOf<'entryIat'> = {
  transactionCode: 22,
  ...common,
  accountNumber: '98765432109876543210',
  addenda: [...iatParties, remittance, correspondent],
}

/** Batches of IAT, right in the strictest profile. */
export const IAT_SAMPLES: Readonly<Record<string, readonly BatchInput[]>> = {
  iat: [
    { ...iatHeader, entries: [iatEntry, { ...iatEntry, transactionCode: 32, addenda: iatParties }] },
    {
      ...iatHeader,
      entries: [
        {
          ...iatEntry,
          transactionCode: 27,
          gatewayOfacIndicator: '0',
          addenda: [
            { ...iatParties[0], transactionTypeCode: 'POP' } as AddendaInput,
            ...iatParties.slice(1),
            { ...remittance, paymentRelatedInformation: '4711*PHIL*PA\\' } as AddendaInput,
          ],
        },
      ],
    },
  ],
  'iat-return': [
    {
      ...iatHeader,
      odfiIdentification: '231380104',
      entries: [
        {
          ...iatEntry,
          routingNumber: '091000019',
          transactionCode: 21,
          addenda: [
            ...iatParties,
            { layout: 'addenda99Iat', returnReasonCode: 'R03', ...original, originalForwardAmount: '0000012500' },
          ],
        },
      ],
    },
    {
      ...iatHeader,
      iatIndicator: 'IATCOR',
      odfiIdentification: '231380104',
      entries: [
        {
          ...iatEntry,
          routingNumber: '091000019',
          transactionCode: 21,
          amountCents: 0,
          addenda: [{ layout: 'addenda98Iat', changeCode: 'C01', ...original, correctedData: '98765432109876543211' }],
        },
      ],
    },
  ],
}
