import { type CivilDate, NETWORK_TIME_ZONE, zoneClock } from '@fistworks/nacha'

const newYork = zoneClock(NETWORK_TIME_ZONE)

/** When the bank puts out what it has to say of a day, on the clock of New York. */
const ANSWERS_AT = '06:00'

/** Which day it is at the Federal Reserve. */
export const bankDate = (at: Date): CivilDate => newYork.at(at.getTime()).date

/** Hour and minute there, `HHMM`. */
export const bankTime = (at: Date): string => newYork.at(at.getTime()).time.replace(':', '')

/** The moment at which the clock there shows this time of a day, like `09:00`. */
export const bankInstant = (date: CivilDate, time: string): Date => new Date(newYork.instantOf(date, time))

/** From when on what the bank says of a day lies there. */
export const answersAt = (date: CivilDate): Date => bankInstant(date, ANSWERS_AT)
