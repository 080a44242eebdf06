import type { Bill, Books, Vendor } from './books.ts'

const vendors: Vendor[] = [
  {
    id: 'ven_cedar',
    name: 'Cedar & Stone Builders',
    kind: 'company',
    trade: 'Shop fitting',
    email: 'office@cedarstone.example',
  },
  {
    id: 'ven_harbor',
    name: 'Harbor Freight Lines',
    kind: 'company',
    trade: 'Freight',
    email: 'billing@harborlines.example',
  },
  {
    id: 'ven_northlight',
    name: 'Northlight Energy Co',
    kind: 'company',
    trade: 'Utilities',
    email: 'accounts@northlight.example',
  },
  { id: 'ven_vega', name: 'Marisol Vega', kind: 'person', trade: 'Graphic design', email: 'marisol@vega.example' },
  {
    id: 'ven_natarajan',
    name: 'Priya Natarajan',
    kind: 'person',
    trade: 'Copywriting',
    email: 'priya@natarajan.example',
  },
  { id: 'ven_okafor', name: 'Tom Okafor', kind: 'person', trade: 'IT support', email: 'tom@okafor.example' },
]

/** vendor, number, what for, days since it was billed, days until it is due, cents */
const bills: [string, string, string, number, number, number][] = [
  ['ven_harbor', 'HFL-20418', 'Refrigerated haulage, two trips', 24, 2, 412_650],
  ['ven_cedar', 'CS-1107', 'Counter and shelving, Pier 9 store', 21, 4, 1_890_000],
  ['ven_vega', 'MV-031', 'Autumn menu, design', 19, 6, 184_000],
  ['ven_northlight', '77120-11', 'Electricity, warehouse', 15, 9, 93_417],
  ['ven_okafor', 'TO-2219', 'Point-of-sale repair, two visits', 12, 11, 47_500],
  ['ven_natarajan', 'PN-88', 'Website texts, 40 pages', 11, 14, 126_000],
  ['ven_harbor', 'HFL-20455', 'Pallet storage, four weeks', 9, 16, 88_200],
  ['ven_cedar', 'CS-1121', 'Loading door, replacement', 6, 20, 236_990],
  ['ven_vega', 'MV-034', 'Holiday window signs', 4, 24, 61_250],
  ['ven_northlight', '77120-12', 'Electricity, Pier 9 store', 2, 28, 40_833],
]

/** The books of a company that has just moved in: six vendors, ten open bills. Dates lie around `today`. */
export function seedBooks(today: Date): Books {
  const day = (offset: number) => new Date(today.getTime() + offset * 86_400_000).toISOString().slice(0, 10)
  return {
    vendors,
    bills: bills.map(([vendorId, number, description, billed, due, amountCents], index): Bill => {
      const id = `bil_${1001 + index}`
      return { id, vendorId, number, description, billedOn: day(-billed), dueOn: day(due), amountCents, payment: null }
    }),
  }
}
