/** `change`: a notification of change. `refused`: the originating bank's answer to a wrong one. */
export type ChangeKind = 'change' | 'refused'

const CHANGES = /* @__PURE__ */ 'C01 C02 C03 C04 C05 C06 C07 C08 C09 C13 C14'.split(' ')
const REFUSALS = /* @__PURE__ */ 'C61 C62 C63 C64 C65 C66 C67 C68 C69'.split(' ')

/** Which of the two addenda 98 a code makes ('C01', 'C61'); null for a code that is not assigned. */
export function changeCodeKind(code: string): ChangeKind | null {
  if (CHANGES.includes(code)) return 'change'
  return REFUSALS.includes(code) ? 'refused' : null
}

/** Change codes of the past, seen in old files. */
export const RETIRED_CHANGE_CODES: Readonly<Record<string, string>> = {
  C10: 'company name',
  C11: 'company identification',
  C12: 'company name and identification',
}

/** True for C10 to C12. */
export function isRetiredChangeCode(code: string): boolean {
  return /^C1[0-2]$/.test(code)
}
