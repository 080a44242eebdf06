import type { PortalSession } from '@fistworks/contract'

type Organization = PortalSession['organizations'][number]
type Platform = PortalSession['platforms'][number]

/** Where a person works: in an organization, or for a platform they look after. */
export type Workplace = Organization | Platform

export const isOrganization = (place: Workplace): place is Organization => 'role' in place

/** Everywhere that a person can work: their organizations, then their platforms. */
export const workplacesOf = ({ organizations, platforms }: PortalSession): Workplace[] => [
  ...organizations,
  ...platforms,
]

/** Whether the id of a workplace is that of a platform. */
export const isPlatformId = (id: string) => id.startsWith('plt_')
