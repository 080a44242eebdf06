import type { AddendaInput, BatchInput, EntryInput, EntryInputOf, IatBatchInput } from '../input.ts'

const common = { routingNumber: '231380104', accountNumber: '12345678', amountCents: 12_500 }
const company = {
  companyName: 'ACME TOOLS',
  companyIdentification: '1234567890',
  companyEntryDescription: 'PAYMENT',
  effectiveEntryDate: '2026-11-23',
  odfiIdentification: '091000019',
}
const named = { ...common, individualName: 'JANE DOE' }
const terminal = {
  terminalIdentification: 'T00001',
  transactionSerialNumber: '000123',
  transactionDate: '1120',
  terminalLocation: '1 MARKET STREET',
  terminalCity: 'PHILADELPHIA',
  terminalState: 'PA',
}
const card: AddendaInput = { layout: 'addenda02', referenceInformation1: 'REF', ...terminal }

export const iatHeader: Omit<IatBatchInput, 'entries'> = {
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
export const iatParties: readonly AddendaInput[] = [
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

const original = { originalTraceNumber: '091000010000001', originalRdfiIdentification: '23138010' }
const returned: AddendaInput = { layout: 'addenda99', returnReasonCode: 'R03', ...original }
/** Back to the bank that sent the entry, from the one that returns it. */
const back = { ...company, odfiIdentification: '231380104', effectiveEntryDate: '2026-11-25' }
const toOdfi = { ...common, routingNumber: '091000019' }
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

/** A batch of each SEC code, and of what banks say about payments: right in the strictest profile. */
export const SEC_SAMPLES: Readonly<Record<string, readonly BatchInput[]>> = {
  ack: [
    {
      secCode: 'ACK',
      ...company,
      entries: [
        {
          ...common,
          transactionCode: 24,
          amountCents: 0,
          originalEntryTraceNumber: '031300010000001',
          individualName: 'BEST CO',
        },
        {
          ...common,
          transactionCode: 34,
          amountCents: 0,
          originalEntryTraceNumber: '031300010000002',
          individualName: 'BEST CO',
          addenda: ['REF*OK\\'],
        },
      ],
    },
  ],
  adv: [
    {
      secCode: 'ADV',
      ...company,
      entries: [81, 82].map((transactionCode) => ({
        ...common,
        transactionCode,
        amountCents: 987_600_000_012,
        adviceRoutingNumber: '091000019',
        fileIdentification: '11131',
        individualName: 'BANK',
        operatorRoutingNumber: '09100001',
        julianDay: 324,
      })),
    },
  ],
  arc: [
    { secCode: 'ARC', ...company, entries: [{ ...common, transactionCode: 27, checkSerialNumber: '879654' }] },
    { secCode: 'BOC', ...company, entries: [{ ...named, transactionCode: 37, checkSerialNumber: '879655' }] },
  ],
  atx: [
    {
      secCode: 'ATX',
      ...company,
      entries: [
        {
          ...common,
          transactionCode: 24,
          amountCents: 0,
          originalEntryTraceNumber: '031300010000001',
          receivingCompanyName: 'BEST CO',
          addenda: ['REF*OK\\'],
        },
      ],
    },
  ],
  cie: [
    {
      secCode: 'CIE',
      ...company,
      entries: [
        { ...named, transactionCode: 22, individualIdentification: 'BILL 4711', addenda: ['REF*1\\'] },
        { ...named, transactionCode: 32, individualIdentification: 'BILL 4712' },
      ],
    },
  ],
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
  ctx: [
    {
      secCode: 'CTX',
      ...company,
      entries: [
        {
          ...common,
          transactionCode: 22,
          identificationNumber: 'A-17',
          receivingCompanyName: 'BEST CO',
          addenda: ['ISA*00*', 'RMR*IV*4711**12500\\'],
        },
        { ...common, transactionCode: 32, receivingCompanyName: 'BEST CO' },
      ],
    },
  ],
  dne: [
    {
      secCode: 'DNE',
      ...company,
      originatorStatusCode: '2',
      entries: [
        {
          ...named,
          transactionCode: 23,
          amountCents: 0,
          addenda: ['DATE OF DEATH*110126*CUSTOMER SSN*900123456*AMOUNT*1240.50\\'],
        },
      ],
    },
  ],
  enr: [
    {
      secCode: 'ENR',
      ...company,
      companyEntryDescription: 'AUTOENROLL',
      effectiveEntryDate: '',
      entries: [
        {
          ...common,
          transactionCode: 23,
          amountCents: 0,
          receivingCompanyName: 'FED AGENCY',
          addenda: [
            '32*03130001*2*0012345678*900123456*MILLER*ANNA*0\\',
            '22*23138010*4*123456*900123457*ACME*TOOLS*B\\',
          ],
        },
      ],
    },
  ],
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
  mte: [
    {
      secCode: 'MTE',
      ...company,
      entries: [
        {
          ...named,
          transactionCode: 27,
          individualIdentification: '4711000011112222',
          addenda: [
            {
              layout: 'addenda02Mte',
              transactionDescription: 'CHK-WDL',
              networkIdentification: 'NYC',
              ...terminal,
              transactionTime: '142530',
            },
          ],
        },
        { ...named, transactionCode: 28, amountCents: 0, individualIdentification: '4711000011112222' },
      ],
    },
  ],
  pop: [
    {
      secCode: 'POP',
      ...company,
      entries: [
        { ...common, transactionCode: 27, checkSerialNumber: '123456', terminalCity: 'PHIL', terminalState: 'PA' },
      ],
    },
  ],
  pos: [
    {
      secCode: 'POS',
      ...company,
      entries: [{ ...named, transactionCode: 27, cardTransactionType: '01', addenda: [card] }],
    },
    {
      secCode: 'SHR',
      ...company,
      entries: [
        {
          ...common,
          transactionCode: 27,
          cardExpiration: '0729',
          documentReference: '12345678910',
          cardAccountNumber: '0001234567891123456789',
          cardTransactionType: '01',
          addenda: [card],
        },
      ],
    },
  ],
  rck: [
    {
      secCode: 'RCK',
      ...company,
      companyEntryDescription: 'REDEPCHECK',
      entries: [{ ...named, amountCents: 249_999, transactionCode: 27, checkSerialNumber: '123123' }],
    },
    {
      secCode: 'XCK',
      ...company,
      companyName: 'CHECK DESTROYED',
      companyEntryDescription: 'NO CHECK',
      entries: [
        {
          ...common,
          transactionCode: 27,
          checkSerialNumber: '879654',
          processControl: 'CHECK1',
          itemResearchNumber: '182726',
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
  tel: [
    {
      secCode: 'TEL',
      ...company,
      entries: [
        { ...named, transactionCode: 27, paymentTypeCode: 'S' },
        { ...named, amountCents: 100, transactionCode: 37 },
      ],
    },
  ],
  trc: [
    {
      secCode: 'TRC',
      ...company,
      entries: [
        {
          ...common,
          transactionCode: 27,
          checkSerialNumber: '879654',
          processControl: 'CHECK1',
          itemResearchNumber: '182726',
          discretionaryData: '01',
        },
      ],
    },
    {
      secCode: 'TRX',
      ...company,
      companyEntryDescription: '091000019',
      entries: [{ ...common, transactionCode: 27, receivingCompanyName: 'BEST CO', addenda: ['CHECK 1', 'CHECK 2'] }],
    },
  ],
  web: [
    {
      secCode: 'WEB',
      ...company,
      companyEntryDescription: 'PURCHASE',
      entries: [
        { ...named, transactionCode: 27, paymentTypeCode: 'S', addenda: ['ORDER 4711\\'] },
        { ...named, amountCents: 100, transactionCode: 27, paymentTypeCode: 'ST' },
      ],
    },
    {
      secCode: 'WEB',
      ...company,
      entries: [{ ...named, transactionCode: 22, individualIdentification: 'JOHN ROE', paymentTypeCode: 'S' }],
    },
    {
      secCode: 'CCD',
      ...company,
      companyEntryDescription: 'ACCTVERIFY',
      entries: [
        { ...named, amountCents: 12, transactionCode: 22 },
        { ...named, amountCents: 7, transactionCode: 22 },
        { ...named, amountCents: 19, transactionCode: 27 },
      ],
    },
  ],
}
