import { pairs } from './iso-codes.ts'

/** Postal codes of the states, the federal district, territories and military addresses, packed as the ISO codes are. */
export const US_STATES: readonly string[] = /* @__PURE__ */ pairs(
  'k8du9 0 bl6p k 0 4qo mh35 74 7wp 0 a57nk 1 i3dl b8n8c 2u0w 2kphd 0 74 c 4zz0g b8jk b8qp b8jr5',
)
