/** What was typed into a field, out of reach of the page: no property, attribute or event leads here. */
const typed = new WeakMap<Element, string>()

export const keepDigits = (field: Element, digits: string) => void typed.set(field, digits)
export const digitsOf = (field: Element | null | undefined) => (field ? (typed.get(field) ?? '') : '')
export const dropDigits = (field: Element) => void typed.delete(field)
