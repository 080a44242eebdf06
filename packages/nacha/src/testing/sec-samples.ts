import type { AddendaInput, BatchInput } from '../input.ts'
import { IAT_SAMPLES } from './iat-samples.ts'
import { RETURN_SAMPLES } from './return-samples.ts'
import { common, company } from './sample-parts.ts'

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

/** A batch of each SEC code, and of what banks say about payments: right in the strictest profile. */
export const SEC_SAMPLES: Readonly<Record<string, readonly BatchInput[]>> = {
  ...IAT_SAMPLES,
  ...RETURN_SAMPLES,
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
