import type { addendaDemands } from './addenda-demands.ts'
import type { batchDemands } from './batch-demands.ts'
import type { buildingDemands } from './building-demands.ts'
import type { businessDemands } from './business-demands.ts'
import type { entryDemands } from './entry-demands.ts'
import type { fileDemands } from './file-demands.ts'
import type { historyDemands } from './history-demands.ts'
import type { readingDemands } from './reading-demands.ts'
import type { secDemands } from './sec-demands.ts'

/** Stable id of a rule. Only its type is needed to check a file, not the words of the tables. */
export type RuleId =
  | keyof typeof readingDemands
  | keyof typeof fileDemands
  | keyof typeof batchDemands
  | keyof typeof entryDemands
  | keyof typeof addendaDemands
  | keyof typeof secDemands
  | keyof typeof businessDemands
  | keyof typeof historyDemands
  | keyof typeof buildingDemands
