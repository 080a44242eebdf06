import { businessFaults } from './business-faults.ts'
import { commonFaults, type FileFault } from './file-faults.ts'
import { iatFaults } from './iat-faults.ts'
import { returnFaults, secFaults } from './sec-faults.ts'

/** One file for each rule, at least. */
export const fileFaults: readonly FileFault[] = [
  ...commonFaults,
  ...secFaults,
  ...returnFaults,
  ...iatFaults,
  ...businessFaults,
]
