import { addendaDemands } from './addenda-demands.ts'
import { batchDemands } from './batch-demands.ts'
import { buildingDemands } from './building-demands.ts'
import { businessDemands } from './business-demands.ts'
import { entryDemands } from './entry-demands.ts'
import { fileDemands } from './file-demands.ts'
import { historyDemands } from './history-demands.ts'
import { readingDemands } from './reading-demands.ts'
import type { Rule } from './rule.ts'
import type { RuleId } from './rule-id.ts'
import { secDemands } from './sec-demands.ts'
import { weightOf } from './weights.ts'

export type { Rule, Severity } from './rule.ts'
export type { RuleId } from './rule-id.ts'

const DEMANDS: Readonly<Record<RuleId, string>> = {
  ...readingDemands,
  ...fileDemands,
  ...batchDemands,
  ...entryDemands,
  ...addendaDemands,
  ...secDemands,
  ...businessDemands,
  ...historyDemands,
  ...buildingDemands,
}

function rulesOf(): Readonly<Record<RuleId, Rule>> {
  const rows = Object.entries(DEMANDS).map(([key, demands]) => {
    const id = key as RuleId
    return [id, { standard: weightOf(id, 'standard'), originate: weightOf(id, 'originate'), demands }]
  })
  return Object.fromEntries(rows) as Record<RuleId, Rule>
}

/** Every rule by its id. Ids never change their meaning. */
export const RULES: Readonly<Record<RuleId, Rule>> = /* @__PURE__ */ rulesOf()
