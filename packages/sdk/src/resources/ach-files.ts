import type { AchFile, AchFileEntriesAdd, Entry, EntryQuery } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { AchFileSteps } from './ach-file-steps.ts'

/** What one person drafts, another approves, and the bank gets. */
export class AchFiles extends AchFileSteps {
  /**
   * More entries for a batch of a draft, up to 10,000 at a time and 100,000 in a file.
   * @example
   * for (let from = 10_000; from < entries.length; from += 2_000) {
   *   const more = { version: file.version, batchId: file.batches[0].id, entries: entries.slice(from, from + 2_000) }
   *   file = await fist.achFiles.addEntries(file.id, more)
   * }
   */
  async addEntries(id: string, input: AchFileEntriesAdd, options?: RequestOptions): Promise<AchFile> {
    return this.send({
      operation: 'achFiles.addEntries',
      method: 'POST',
      path: path`/v1/ach-files/${id}/entries`,
      body: input,
      options,
    })
  }

  /**
   * The entries of a file a page at a time, in their order. A file of more than 10,000 shows them only here.
   * @example
   * for await (const entry of fist.achFiles.listEntries('ach_…')) console.log(entry.recipientName)
   */
  listEntries(id: string, query?: EntryQuery, options?: RequestOptions): PagePromise<Entry> {
    return this.page('achFiles.listEntries', path`/v1/ach-files/${id}/entries`, query, options)
  }
}
