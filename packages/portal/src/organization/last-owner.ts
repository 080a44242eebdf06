import type { Member, PortalSession } from '@fistworks/contract'

/** Whether nobody would own the organization without this member. One that is being closed needs no owner. */
export const isLastOwner = (
  { status }: Pick<PortalSession['organizations'][number], 'status'>,
  { role }: Pick<Member, 'role'>,
  members: readonly Member[],
): boolean => status === 'open' && role === 'owner' && members.filter((one) => one.role === 'owner').length <= 1
