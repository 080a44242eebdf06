/**
 * True for 9 digits whose last is the ABA check digit of the others (weights 3, 7, 1).
 * Whether a bank has the number is not known here.
 */
export function isRoutingNumber(text: string): boolean {
  if (!/^\d{9}$/.test(text)) return false
  let sum = 0
  for (let index = 0; index < 9; index++) sum += Number(text[index]) * ([3, 7, 1][index % 3] ?? 0)
  return sum % 10 === 0 && text !== '000000000'
}
