import type { Role } from '@fistworks/contract'

/** Roles as people choose them, from the most to the least. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  owner: 'Owner: everything, and who else owns it',
  administrator: 'Administrator: people, keys, banks and all payments',
  approver: 'Approver: approves and sends payments of others',
  preparer: 'Preparer: recipients and payments, approves none',
  viewer: 'Viewer: looks only',
}

export const roleName = (role: Role): string => `${role.charAt(0).toUpperCase()}${role.slice(1)}`

export const dayOf = (instant: string): string =>
  new Date(instant).toLocaleDateString('en-US', { year: 'numeric', month: 'short', day: 'numeric' })
