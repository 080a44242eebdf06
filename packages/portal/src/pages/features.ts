import type { Scope } from '@fistworks/contract'

const FEATURE_SCOPES = {
  approve: 'ach-files:approve',
  submit: 'ach-files:submit',
  resolve: 'submissions:resolve',
} as const satisfies Record<string, Scope>

/** Which actions the components offer: only those the server would take from this person. */
export function featuresOf(scopes: readonly Scope[], write: Scope): string[] {
  const features = Object.entries(FEATURE_SCOPES).flatMap(([name, scope]) => (scopes.includes(scope) ? [name] : []))
  return scopes.includes(write) ? ['write', ...features] : features
}
