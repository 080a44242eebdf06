import { makeId } from '@fistworks/contract'

export const newId = <P extends Parameters<typeof makeId>[0]>(prefix: P) =>
  makeId(prefix, Date.now(), crypto.getRandomValues(new Uint8Array(10)))
