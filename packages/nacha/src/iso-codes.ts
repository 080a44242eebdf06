const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/**
 * Codes of two letters in a small space: a number in base 36 for each first letter, whose bits say which second letters
 * there are, A the lowest. '5' is AA and AC. `iso-codes.test.ts` has the same codes written out.
 */
export function pairs(rows: string): readonly string[] {
  return rows.split(' ').flatMap((row, first) => {
    const seconds = LETTERS.filter((_, second) => (Number.parseInt(row, 36) >> second) & 1)
    return seconds.map((second) => `${LETTERS[first]}${second}`)
  })
}

/** Officially assigned country codes, ISO 3166-1 alpha-2, and XK, which is in use for Kosovo. */
export const ISO_COUNTRIES: readonly string[] = /* @__PURE__ */ pairs(
  'sox2w ybdob 13fegd jznrk jo44 3abk dq22j 10t1c lq8o 153k wkgr4 cepl3 13ycxp kpks5 35s d1hpt 1 3accw 10rw7z o4s18 ' +
    'u4hmp mno5 5mao sg b8k0 2hzi9',
)

/** The last letter of the currency that begins with the country's code, for each country above; a hyphen for none. */
const OWN =
  '-DN--LDA-S--DG-NMDT--NDF--DDB-LDN-PNDD-F--F--P-YPCPE---K-FK-PD--P-N-B-DP----P-L--SP-DF----Q--DD-L-GFR-S-R-DRK--DDYS' +
  'SR-F-WWDDTKP--RDL---DD-L--A-D-KTP--U--RRKNRND---NO-KR--DRBN-KPRN------GR-NDBFRDRGKDP---E--SDPNC-PL----BS--TDPYD-DSH' +
  'X-DUS--D--DV-T-R-RWG'

function currencies(): readonly string[] {
  const own = ISO_COUNTRIES.map((country, at) => `${country}${OWN[at]}`).filter((code) => !code.endsWith('-'))
  return [...own, 'ANG', 'EUR', 'VES', 'XAF', 'XCD', 'XCG', 'XOF', 'XPF']
}

/** Currency codes of ISO 4217 in use, funds codes and metals left out. */
export const ISO_CURRENCIES: readonly string[] = /* @__PURE__ */ currencies()
