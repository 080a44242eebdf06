import type { KeyOffice, KeyStatus } from './office.ts'

/** What `fistworks keys` asks for, here or over the socket of the running server. */
export type KeyRequest =
  | { do: 'status' }
  | { do: 'rotateMaster' }
  | { do: 'rotateData'; organizationId: string | null }
  | { do: 'destroy'; organizationId: string; name: string }

/** Does it and tells of it in lines for a person. @throws Error that says what was wrong */
export async function answerKeyRequest(office: KeyOffice, request: KeyRequest): Promise<string[]> {
  switch (request.do) {
    case 'status':
      return statusLines(await office.status())
    case 'rotateMaster': {
      const { kekId, rewrapped } = await office.rotateMaster()
      if (rewrapped > 0) return [`${rewrapped} keys are wrapped by ${kekId} now.`]
      return [`All keys are wrapped by ${kekId} already. Make a new version of the key at the key provider first.`]
    }
    case 'rotateData': {
      const ids = request.organizationId === null ? await office.organizations() : [request.organizationId]
      const lines: string[] = []
      for (const id of ids) lines.push(`${id}: data key ${await office.rotateData(id)} seals from now on.`)
      return [...lines, 'Every value is sealed anew while the server runs; see: fistworks keys status']
    }
    case 'destroy': {
      const count = await office.destroy(request.organizationId, request.name)
      return [`${count} keys of ${request.organizationId} were destroyed. Nothing it sealed opens again.`]
    }
  }
}

/** As the operator's page calls them. */
const KINDS = { data: 'data key', blind: 'index key' } as const
const STATES = { active: 'active', decrypt_only: 'only opens', retired: 'retired', destroyed: 'destroyed' } as const

/** From here on `status` says that it is time. */
const ROTATE_AT = 2 ** 31

function statusLines({ kekId, keys, rotating }: KeyStatus): string[] {
  const lines = [`master key: ${kekId}`]
  const organizations = new Set(keys.map(({ organizationId }) => organizationId))
  for (const organizationId of organizations) {
    lines.push('', organizationId)
    const theirs = keys.filter((key) => key.organizationId === organizationId)
    for (const { kind, version, state, sealCount, kekId: wrappedBy, createdAt } of theirs) {
      const used = kind === 'data' ? `, at most ${sealCount} values sealed` : ''
      const due = kind === 'data' && state === 'active' && sealCount >= ROTATE_AT ? ', rotate it' : ''
      const older = state === 'destroyed' || wrappedBy === kekId ? '' : `, wrapped by ${wrappedBy}`
      lines.push(`  ${KINDS[kind]} ${version}: ${STATES[state]}, made ${createdAt.slice(0, 10)}${used}${due}${older}`)
    }
    const left = rotating.find((one) => one.organizationId === organizationId)?.left
    if (left !== undefined) lines.push(`  rotation: ${left} values left to seal anew`)
  }
  const behind = keys.filter((key) => key.state !== 'destroyed' && key.kekId !== kekId).length
  return [...lines, '', `${behind} of ${keys.length} keys are wrapped by an older master key`]
}
