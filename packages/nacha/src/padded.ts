/** A number with zeros before it: '0007' for 7 and 4. */
export const padded = (value: number, length: number) => String(value).padStart(length, '0')
