import { expect, test } from 'vitest'
import { INSIDE_LANE, OUTSIDE_LANES } from './lanes.ts'

const isIn = (lane: typeof INSIDE_LANE, kind: string) =>
  lane.kinds === undefined ||
  ('only' in lane.kinds ? lane.kinds.only.includes(kind) : !lane.kinds.except.includes(kind))

test.each(['submission.deliver', 'submission.awaitAcknowledgement', 'inboundFile.poll', 'webhook.deliver'])(
  '%s waits for another server, in one lane of its own and not where the rest is done',
  (kind) => {
    expect(OUTSIDE_LANES.filter((lane) => isIn(lane, kind))).toHaveLength(1)
    expect(isIn(INSIDE_LANE, kind)).toBe(false)
  },
)

test.each(['submission.deadline', 'schedule.run', 'achFile.cutoff', 'achFile.expireApproval', 'mail.send'])(
  '%s is done where nobody waits for other servers',
  (kind) => {
    expect(isIn(INSIDE_LANE, kind)).toBe(true)
    expect(OUTSIDE_LANES.filter((lane) => isIn(lane, kind))).toEqual([])
  },
)

test('banks whose files are fetched take no slot from files on their way', () => {
  const [lane] = OUTSIDE_LANES.filter((one) => isIn(one, 'inboundFile.poll'))
  expect(lane && isIn(lane, 'submission.deliver')).toBe(false)
})
