import { unpacked } from './iso-codes.ts'

/** Postal codes of the states, the federal district, territories and military addresses, packed as the ISO codes are. */
export const US_STATES: readonly string[] = /* @__PURE__ */ unpacked(
  'ALKZRSAEP CAOT DEC FLM GAU HI IDLNA KSY LA MEDAINSOTPH NEVHJMYCD OHKR PARW RI SCD TNX UT VTAI WAVIY',
  /./g,
)
