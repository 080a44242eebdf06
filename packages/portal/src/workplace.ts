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

const CHOSEN = 'fistworks-organization'

/** Where the person works next time, too. */
export const rememberPlace = (id: string): void => localStorage.setItem(CHOSEN, id)

/** Where the person works: where they are now, else where they were last time, else in the first place they have. */
export function placeToWork(session: PortalSession, currentId: string | null): Workplace | undefined {
  const wanted = currentId ?? localStorage.getItem(CHOSEN)
  const places = workplacesOf(session)
  return places.find(({ id }) => id === wanted) ?? places[0]
}

/** Whether the id of a workplace is that of a platform. */
export const isPlatformId = (id: string) => id.startsWith('plt_')

/** As which of the two a client names the place; `null` is nowhere. */
export const placeNamed = (id: string | null) =>
  id !== null && isPlatformId(id) ? { organization: null, platform: id } : { organization: id, platform: null }
