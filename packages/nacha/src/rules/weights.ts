import { addendaRules } from './addenda-rules.ts'
import { batchRules } from './batch-rules.ts'
import { buildingRules } from './building-rules.ts'
import { businessRules } from './business-rules.ts'
import { entryRules } from './entry-rules.ts'
import { fileRules } from './file-rules.ts'
import { historyRules } from './history-rules.ts'
import { readingRules } from './reading-rules.ts'
import { secRules } from './sec-rules.ts'

/** What every rule weighs, by its id. Ids never change their meaning. */
export const WEIGHTS = {
  ...readingRules,
  ...fileRules,
  ...batchRules,
  ...entryRules,
  ...addendaRules,
  ...secRules,
  ...businessRules,
  ...historyRules,
  ...buildingRules,
}

export type RuleId = keyof typeof WEIGHTS
