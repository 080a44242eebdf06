import type { Actor, Id } from '@fistworks/contract'
import type { WriteContext } from '../context.ts'
import { ProblemError } from '../problem-error.ts'
import type { Reader } from '../storage/transaction.ts'
import { achFileStore } from './store.ts'

/** How an actor is kept among the authors of a file. */
export function authorKey(actor: Pick<Actor, 'type' | 'id'>): string {
  return `${actor.type}:${actor.id}`
}

/** Under which names the caller is kept: a person who has raised an embed session is its end user too. */
export function authorKeys({ actor, alias }: Pick<WriteContext, 'actor' | 'alias'>): string[] {
  return alias === undefined ? [authorKey(actor)] : [authorKey(actor), authorKey(alias)]
}

export function withAuthor(authors: readonly string[], ctx: Pick<WriteContext, 'actor' | 'alias'>): string[] {
  return [...new Set([...authors, ...authorKeys(ctx)])]
}

/** @throws ProblemError `person-required` */
export function requirePerson({ isPerson }: Pick<WriteContext, 'isPerson'>): void {
  if (!isPerson) {
    throw new ProblemError('person-required', 'This needs a signed-in person: a key cannot decide about a payment.')
  }
}

/**
 * @throws ProblemError `person-required`, `second-person-required`
 */
export function requireSecondPerson(
  ctx: Pick<WriteContext, 'actor' | 'alias' | 'isPerson'>,
  authors: readonly string[],
): void {
  requirePerson(ctx)
  if (authorKeys(ctx).some((key) => authors.includes(key))) {
    throw new ProblemError(
      'second-person-required',
      'Another person must decide: you wrote or changed this file, or an account it pays.',
    )
  }
}

/** `${actor.type}:${actor.id}` of everyone who wrote or changed the file, or an account it pays. */
export async function authorsOf(db: Reader, organizationId: string, achFileId: string): Promise<string[]> {
  const file = await achFileStore(db, organizationId as Id<'org'>).find(achFileId)
  if (file === undefined) throw new Error(`There is no ACH file ${achFileId} in this organization.`)
  return file.authors
}
