import type { RemoteEntry } from '../banks/bank.ts'
import { LIMITS } from '../limits.ts'
import { shownText } from '../telemetry/scrub.ts'

/** Names that programs give to a file while they write it. */
const BEING_WRITTEN = /^\.|~$|\.(?:part|partial|filepart|tmp|temp|writing|crdownload|inprogress)$/i
const NAME_CHARACTERS_MAX = 200

/** Why a file is not fetched, in words; `null` for one that is. */
export function reasonToLeave({ name, isFile, sizeBytes }: RemoteEntry): string | null {
  if (name === '.' || name === '..' || /[/\\\p{Cc}\p{Cf}\p{Cs}]/u.test(name)) {
    return 'Its name holds characters that no file may have.'
  }
  if (name.length > NAME_CHARACTERS_MAX) return `Its name has more than ${NAME_CHARACTERS_MAX} characters.`
  if (!isFile) return 'It is no file but a directory, a link or something else.'
  if (BEING_WRITTEN.test(name)) return 'Its name says that it is still being written.'
  if (sizeBytes > LIMITS.inboundFileBytes) {
    return `It is larger than ${LIMITS.inboundFileBytes / 1024 / 1024} MB, the most that is fetched.`
  }
  return null
}

/** A name as it may be shown, whatever the bank made of it: some name files after accounts. */
export function shownName(name: string): string {
  const clean = shownText(name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '?'))
  return clean.length > NAME_CHARACTERS_MAX ? `${clean.slice(0, NAME_CHARACTERS_MAX)}…` : clean
}
