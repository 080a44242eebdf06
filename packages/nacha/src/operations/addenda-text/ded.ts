import type { CivilDate } from '../../civil-date.ts'
import { type DateForm, dateDigits, Elements } from './element.ts'
import { onlySegment, type SegmentReading, type SegmentWriting, writeSegment } from './segment.ts'

/** A child support payment in the addenda of a CCD or CTX credit (DED convention, reference 8.23). */
export interface ChildSupportPayment {
  /** Up to 20 characters. */
  readonly caseIdentifier: string
  readonly payDate: CivilDate
  readonly amountCents: number
  /** The 9 digits of the parent who pays. */
  readonly socialSecurityNumber: string
  /** Y or N; W in some states. */
  readonly medicalSupport: 'Y' | 'N' | 'W'
  /** Up to 10 characters. */
  readonly parentName: string
  /** 5 to 7 digits: state, county, place. */
  readonly fipsCode: string
  /** The parent does not work here any more. */
  readonly isEmploymentOver: boolean
}

/** Reads `DED*CS*case*payDate*amount*ssn*medical*name*fips*termination\`; problems count the elements from 1. */
export function parseChildSupport(text: string): SegmentReading<ChildSupportPayment> {
  const found = onlySegment(text, 'DED')
  if (!found.ok) return found
  const elements = new Elements(found.value.elements)
  elements.formed(1, /^CS$/, 'CS')
  const value = {
    caseIdentifier: elements.text(2, 1, 20),
    payDate: elements.date(3),
    amountCents: elements.cents(4),
    socialSecurityNumber: elements.formed(5, /^\d{9}$/, '9 digits'),
    medicalSupport: elements.formed(6, /^[YNW]$/, 'Y, N or W') as ChildSupportPayment['medicalSupport'],
    parentName: elements.text(7, 1, 10),
    fipsCode: elements.formed(8, /^\d{5,7}$/, '5 to 7 digits'),
    isEmploymentOver: elements.formed(9, /^Y?$/, 'Y or nothing') === 'Y',
  }
  elements.none(9)
  return elements.problems.length > 0 ? { ok: false, problems: elements.problems } : { ok: true, value }
}

/** Writes what `parseChildSupport` reads; refuses what it would not read, and more than 80 characters. */
export function formatChildSupport(payment: ChildSupportPayment, dateForm: DateForm = 'short'): SegmentWriting {
  const { caseIdentifier, payDate, amountCents, socialSecurityNumber, medicalSupport, parentName, fipsCode } = payment
  const elements = [
    'CS',
    caseIdentifier,
    dateDigits(payDate, dateForm),
    String(amountCents),
    socialSecurityNumber,
    medicalSupport,
    parentName,
    fipsCode,
    payment.isEmploymentOver ? 'Y' : '',
  ]
  const written = writeSegment({ name: 'DED', elements })
  if (!written.ok) return written
  const read = parseChildSupport(written.text)
  return read.ok ? written : read
}
