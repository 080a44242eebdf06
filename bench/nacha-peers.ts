import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import type { FileInput } from '@fistworks/nacha'

// Loaded when first asked for, so that the memory of one is not counted for another. Most have no types.
const require = createRequire(import.meta.url)
const achkit = () => import('achkit')
const nodeNacha = () => require('@midlandsbank/node-nacha')
const ach = () => require('@ach/ach')()

export const checkWithAchkit = async (text: string) => void (await achkit()).validate(text)
export const parseWithAchkit = async (text: string) => void (await achkit()).parse(text)

export async function buildWithAchkit(input: FileInput): Promise<string> {
  const { AchFile } = await achkit()
  const file = AchFile.create({ originDfi: input.immediateOrigin, companyId: '1234567890' })
  for (const { entries } of input.batches) {
    const batch = file.batch({ sec: 'PPD', description: 'PAYROLL', effectiveDate: '2026-11-23' })
    for (const { individualName: name, routingNumber: routing, accountNumber: account, amountCents } of entries) {
      batch.credit({ name, routing, account, amountCents })
    }
  }
  return file.render()
}

const parties = () => ({ from: { name: 'ACME TOOLS', fein: '123456789' }, for: { name: 'BANK', routing: '091000019' } })
const payroll = { effectiveDate: '261123', description: 'PAYROLL' }

export function buildWithNodeNacha(input: FileInput): string {
  let file = nodeNacha().create(parties())
  for (const { entries } of input.batches) {
    file = file.ppd(payroll)
    for (const { individualName: name, routingNumber: routing, accountNumber: num, amountCents: amount } of entries) {
      file = file.credit({ name, account: { num, type: 'C' }, routing, amount })
    }
  }
  return nodeNacha().from(file).to('ach')
}

export function parseWithNodeNacha(text: string): void {
  if (nodeNacha().from(text).data.batches.length === 0) throw new Error('nothing was read')
}

/** Its documented calls throw, so its parts are called as its own command line does. */
export async function buildWithAch(input: FileInput): Promise<void> {
  const peer = ach()
  let file = peer.create(parties())
  for (const { entries } of input.batches) {
    file = file.ppd(payroll)
    for (const { individualName: name, routingNumber: routing, accountNumber: num, amountCents: amount } of entries) {
      file = file.credit({ to: { name, dfi: routing.slice(0, 8), routing, account: { num, type: 'C' } }, amount })
    }
  }
  const formatter = peer.getFormatter('ach')
  formatter.end(file.object)
  let length = 0
  for await (const piece of formatter) length += piece.length
  if (length === 0) throw new Error('nothing was written')
}

export async function parseWithAch(text: string): Promise<void> {
  const files = []
  // Its splitter calls itself once per line of a piece: a whole file in one piece is too much for the stack.
  const pieces = text.match(/[^]{1,47500}/g) ?? []
  for await (const file of Readable.from(pieces, { objectMode: false }).pipe(ach().getParser('ach'))) files.push(file)
  if (files.length === 0) throw new Error('nothing was read')
}

export function buildWithNach2(input: FileInput): Promise<string> {
  const nach2 = require('nach2')
  const routing = '091000019'
  const file = new nach2.File({
    immediateDestination: routing,
    immediateOrigin: routing,
    immediateDestinationName: 'BANK',
    immediateOriginName: 'ACME TOOLS',
    referenceCode: 'A1',
  })
  for (const { entries } of input.batches) {
    const batch = new nach2.Batch({
      serviceClassCode: '220',
      companyName: 'ACME TOOLS',
      standardEntryClassCode: 'PPD',
      companyIdentification: '1234567890',
      companyEntryDescription: 'PAYROLL',
      companyDescriptiveDate: 'NOV 26',
      effectiveEntryDate: nach2.Utils.computeBusinessDay(1),
      originatingDFI: routing,
    })
    for (const entry of entries) {
      batch.addEntry(
        new nach2.Entry({
          receivingDFI: entry.routingNumber,
          DFIAccount: entry.accountNumber,
          amount: String(entry.amountCents / 100),
          idNumber: entry.individualIdentification,
          individualName: entry.individualName,
          discretionaryData: 'A1',
          transactionCode: '22',
        }),
      )
    }
    file.addBatch(batch)
  }
  return new Promise((resolve) => file.generateFile(resolve))
}
