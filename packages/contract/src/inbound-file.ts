import * as z from 'zod/mini'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { Instant } from './text.ts'

/** Files that are asked for by name at once. */
export const INBOUND_NAMES_MAX = 1_000

/**
 * `answers`: an ACH file with returns, notifications of change or acknowledgments (ACK, ATX). `acknowledgement`: the
 * bank's answer to one file of ours, which the delivery of that file reads.
 */
export const InboundFileKind = z.enum(['answers', 'acknowledgement'])
export type InboundFileKind = z.infer<typeof InboundFileKind>

/** `stored`: kept and not read to its end yet. `notUnderstood`: kept, told, and never deleted at the bank. */
export const INBOUND_FILE_STATES = ['stored', 'processed', 'notUnderstood'] as const
export const InboundFileState = z.enum(INBOUND_FILE_STATES)
export type InboundFileState = z.infer<typeof InboundFileState>

const Count = z.int()

/** A file that the bank put down for us: kept sealed, as it was. */
export const InboundFile = z.object({
  type: z.literal('inboundFile'),
  id: idOf('inb'),
  bankConnectionId: idOf('bcn'),
  /** Under which name the bank had it first; of a number in it that is as long as that of an account the last digits. */
  name: z.string(),
  /** The same bytes lay there under these names as well; they were processed once. */
  otherNames: z.array(z.string()),
  sizeBytes: z.int(),
  /** Of the bytes as they came. */
  sha256: z.string(),
  state: InboundFileState,
  /** `null` while it is not read, and for what is not understood. */
  kind: z.nullable(InboundFileKind),
  /** Why it was not understood, or what else a person should know; `null` when all is well. */
  problem: z.nullable(z.string()),
  counts: z.object({
    /** Entries of the file that were read. */
    entries: Count,
    returns: Count,
    corrections: Count,
    acknowledgments: Count,
    /** Among them, those that match no entry of ours. */
    unmatched: Count,
    /** Entries that another file had brought already. */
    repeated: Count,
    /** Entries that answer nothing, such as payments. */
    others: Count,
  }),
  receivedAt: Instant,
  processedAt: z.nullable(Instant),
})
export type InboundFile = z.infer<typeof InboundFile>
export const InboundFilePage = pageOf(InboundFile)

export const InboundFileQuery = z.extend(PageQuery, {
  bankConnectionId: z.optional(idOf('bcn')),
  state: z.optional(InboundFileState),
})
export type InboundFileQuery = z.infer<typeof InboundFileQuery>

/** What lies in the return directory now. */
export const FilesAtBank = z.object({
  type: z.literal('filesAtBank'),
  bankConnectionId: idOf('bcn'),
  directory: z.string(),
  files: z.array(
    z.object({
      name: z.string(),
      sizeBytes: z.int(),
      modifiedAt: z.nullable(Instant),
      /** What was last read under this name; the bank may have put down another file since. */
      inboundFileId: z.nullable(idOf('inb')),
    }),
  ),
  /** What is there and is not fetched, with the reason. */
  leftOut: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** More lies there than is listed. */
  hasMore: z.boolean(),
})
export type FilesAtBank = z.infer<typeof FilesAtBank>

/** Which files to fetch; all when no names are given. */
export const InboundFetch = z.strictObject({
  names: z.optional(
    z
      .array(z.string().check(z.minLength(1), z.maxLength(255)))
      .check(z.minLength(1), z.maxLength(INBOUND_NAMES_MAX, { error: `at most ${INBOUND_NAMES_MAX} names` })),
  ),
})
export type InboundFetch = z.infer<typeof InboundFetch>

/** How the fetching of files of one bank connection goes. */
export const InboundPoll = z.object({
  type: z.literal('inboundPoll'),
  bankConnectionId: idOf('bcn'),
  /** When the return directory was last looked at to the end. */
  lastAt: z.nullable(Instant),
  /** When it is looked at next; `null` where that is only on demand. */
  nextAt: z.nullable(Instant),
  /** What went wrong the last time, in words; `null` when nothing did. */
  problem: z.nullable(z.string()),
})
export type InboundPoll = z.infer<typeof InboundPoll>
export const InboundPollList = z.object({ data: z.array(InboundPoll) })
export type InboundPollList = z.infer<typeof InboundPollList>

export const INBOUND_LINES_DEFAULT = 100
export const INBOUND_LINES_MAX = 500

/** Which lines of a file to show: `from` is the number of the first, from 1. */
export const InboundContentQuery = z.strictObject({
  from: z.optional(z.string().check(z.regex(/^[1-9]\d{0,7}$/, { error: 'must be the number of a line, from 1' }))),
  limit: z.optional(
    z.string().check(
      z.regex(/^[1-9]\d{0,2}$/, { error: `must be a number from 1 to ${INBOUND_LINES_MAX}` }),
      z.refine((text) => Number(text) <= INBOUND_LINES_MAX, {
        error: `must be a number from 1 to ${INBOUND_LINES_MAX}`,
      }),
    ),
  ),
})
export type InboundContentQuery = z.infer<typeof InboundContentQuery>

/** Lines of a file in words, with accounts, banks and names hidden as the codec hides them. */
export const InboundContent = z.object({
  type: z.literal('inboundContent'),
  id: idOf('inb'),
  lines: z.array(
    z.object({
      line: z.int(),
      words: z.string(),
      raw: z.string(),
      fields: z.array(z.object({ field: z.string(), words: z.string(), raw: z.string(), meaning: z.string() })),
    }),
  ),
  /** The line to go on with; `null` at the end of the file. */
  nextLine: z.nullable(z.int()),
})
export type InboundContent = z.infer<typeof InboundContent>
