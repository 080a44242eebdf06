import { expect, test } from 'vitest'
import { RETURN_CODES, returnCodeProblem } from './return-code.ts'
import { returnCodeMisfit } from './return-code-fit.ts'
import { SEC_CODES } from './sec-code.ts'

const returns = [...RETURN_CODES.values()].filter(({ kind }) => kind === 'return').map(({ code }) => code)

test.each(returns)('the validator and the table agree on what %s is for', (code) => {
  for (const secCode of Object.keys(SEC_CODES)) {
    for (const direction of ['credit', 'debit'] as const) {
      const isForIt = returnCodeProblem(code, { secCode, direction }) === null
      expect([secCode, direction, returnCodeMisfit(code, secCode, direction) === null]).toEqual([
        secCode,
        direction,
        isForIt,
      ])
    }
  }
})
