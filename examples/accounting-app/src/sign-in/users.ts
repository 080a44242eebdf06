import type { EmbedSessionCreate } from '@fistworks/sdk'

/** A person of this product, and what their role lets them do with payments. */
export interface User {
  id: string
  name: string
  title: string
  preparesPayments: boolean
  components: EmbedSessionCreate['components']
}

/** One person prepares and sends, another approves: nobody pays alone. */
export const USERS: readonly User[] = [
  {
    id: 'maya',
    name: 'Maya Lindqvist',
    title: 'Bookkeeper',
    preparesPayments: true,
    components: { recipients: { features: ['write'] }, achFiles: { features: ['write', 'submit'] } },
  },
  {
    id: 'ray',
    name: 'Ray Castellanos',
    title: 'Controller',
    preparesPayments: false,
    components: { recipients: {}, achFiles: { features: ['approve', 'submit', 'resolve'] } },
  },
]
