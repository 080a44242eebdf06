const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
const shortDate = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', year: 'numeric', timeZone: 'UTC' })

/** Integer cents as people read them. */
export const formatMoney = (cents: number): string => dollars.format(cents / 100)

/** A civil date `YYYY-MM-DD` as people read it. */
export const formatDate = (date: string): string => shortDate.format(new Date(`${date}T00:00:00Z`))
