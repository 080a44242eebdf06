import type { Character } from './mutators.ts'
import { UNSEEN_OF_AUDIT, UNSEEN_OF_VAULT, type Unseen } from './unseen.ts'

/** What gets the faults, and the tests that are to notice them; the cheapest that kills most comes first. */
export interface Scope {
  /** The folder of the source, from the root; the others start there. */
  source: string
  character: Character
  files: readonly string[]
  tests: readonly (string | PartialTests)[]
  /** Faults that nobody can see from outside, each with its reason. */
  unseen?: readonly Unseen[]
}

/** Tests that are costly and tell nothing of other files. */
interface PartialTests {
  file: string
  of: RegExp
}

export const SCOPES: Readonly<Record<string, Scope>> = {
  rules: {
    source: 'packages/nacha/src',
    character: 'reports',
    files: ['validate/**/*.ts', 'rules/*.ts', 'check-history.ts', 'history/*.ts'],
    tests: [
      'rules/rules.test.ts',
      'rules/*.test.ts',
      'validate/[a-r]*.test.ts',
      'validate/*/*.test.ts',
      'samples.test.ts',
      'validate/*.test.ts',
      'check-history.test.ts',
      'history/*.test.ts',
      'switches.test.ts',
      'codec.test.ts',
      'stream.test.ts',
    ],
  },
  vault: {
    source: 'packages/server/src',
    character: 'effects',
    files: ['vault/**/*.ts', 'keys/{rewrap,office,sealed-store}.ts'],
    tests: [
      { file: 'vault/envelope.test.ts', of: /envelope|bytes|key-ring/ },
      { file: 'vault/make-owner-only-file.test.ts', of: /make-owner-only-file/ },
      { file: 'vault/key-settings.test.ts', of: /key-settings/ },
      { file: 'vault/key-cache.test.ts', of: /key-cache/ },
      { file: 'vault/tenant-keys.test.ts', of: /tenant-keys|local-key-file|bytes|key-ring/ },
      { file: 'vault/outage.test.ts', of: /vault\/(organization-)?vault|key-cache/ },
      { file: 'vault/store.test.ts', of: /vault\/store/ },
      { file: 'vault/seal-budget.test.ts', of: /seal-budget|store/ },
      { file: 'vault/key-provider.test.ts', of: /local-key-file|azure|owner-only|key-ring|open-key/ },
      { file: 'vault/azure-key-vault.test.ts', of: /azure|owner-only/ },
      { file: 'vault/vault.test.ts', of: /^vault\/(?!.*(azure|local-key|owner-only|key-settings))/ },
      { file: 'keys/rewrap.test.ts', of: /^keys|vault\/store/ },
      {
        file: 'keys/rotation.test.ts',
        of: /^keys|store|tenant-keys|vault\/(organization-)?vault|envelope|table|key-ring/,
      },
    ],
    unseen: UNSEEN_OF_VAULT,
  },
  audit: {
    source: 'packages/server/src',
    character: 'effects',
    files: ['audit/**/*.ts'],
    tests: [
      { file: 'audit/canonical-json.test.ts', of: /canonical-json/ },
      { file: 'audit/chain.test.ts', of: /chain|canonical-json/ },
      { file: 'audit/merkle.test.ts', of: /merkle/ },
      { file: 'audit/signed-note.test.ts', of: /signed-note|checkpoint/ },
      { file: 'audit/event-tree.test.ts', of: /event-tree|merkle/ },
      { file: 'audit/verify-log.test.ts', of: /verify-log|chain|canonical-json|merkle/ },
      { file: 'audit/denials.test.ts', of: /denials/ },
      { file: 'audit/offline-log.test.ts', of: /offline/ },
      { file: 'audit/trail.test.ts', of: /trail/ },
      { file: 'audit/checkpoint-file.test.ts', of: /checkpoint-file/ },
      { file: 'audit/signing-key.test.ts', of: /signing-key/ },
      { file: 'audit/audit-log.test.ts', of: /audit-log\.ts|leaves/ },
      { file: 'audit/audit-logs.test.ts', of: /audit-log|checkpoint|signing|leaves|event-tree/ },
      { file: 'audit/audit.test.ts', of: /\/(audit|chain|table)\.ts/ },
    ],
    unseen: UNSEEN_OF_AUDIT,
  },
  access: {
    source: 'packages/server/src',
    character: 'effects',
    files: ['access/**/*.ts', 'portal-sessions/**/*.ts', 'passkeys/**/*.ts'],
    tests: [
      { file: 'access/token.test.ts', of: /token/ },
      { file: 'access/principal.test.ts', of: /principal/ },
      { file: 'access/step-up.test.ts', of: /step-up/ },
      { file: 'access/networks.test.ts', of: /networks/ },
      { file: 'access/raised-session.test.ts', of: /raise/ },
      { file: 'access/callers.test.ts', of: /access\// },
      { file: 'access/authenticate.test.ts', of: /authenticate|machine|tenant/ },
      { file: 'embed-sessions/raise.test.ts', of: /raise|authenticate|sign-in\.ts/ },
      { file: 'oauth/oauth.test.ts', of: /machine|access-store|networks/ },
      { file: 'api-keys/api-keys.test.ts', of: /machine|tenant|networks/ },
      { file: 'portal-sessions/person-of.test.ts', of: /person-of/ },
      {
        file: 'portal-sessions/{sign-in-codes,portal-sessions,session-life}.test.ts',
        of: /portal-sessions|access-store/,
      },
      { file: 'portal-sessions/sign-in-codes.test.ts', of: /passkeys/ },
      { file: 'passkeys/*.test.ts', of: /passkeys|access-store/ },
    ],
  },
  factors: {
    source: 'packages/server/src',
    character: 'effects',
    files: ['second-factors/**/*.ts'],
    tests: [
      { file: 'second-factors/totp.test.ts', of: /totp/ },
      { file: 'second-factors/recovery-code.test.ts', of: /recovery-code\.ts/ },
      { file: 'second-factors/raise-session.test.ts', of: /raise-session/ },
      { file: 'second-factors/second-factors.test.ts', of: /second-factors/ },
      { file: 'second-factors/reset.test.ts', of: /member-factors|factor-mail|store/ },
      { file: 'passkeys/passkeys.test.ts', of: /first-factor|factor-mail|factor-event|recovery-codes/ },
    ],
  },
  entra: {
    source: 'packages/server/src',
    character: 'effects',
    files: ['entra/{nonce,service,settings,signing-keys,store,strict-json,verify-token}.ts'],
    tests: [
      { file: 'entra/settings.test.ts', of: /settings/ },
      { file: 'entra/strict-json.test.ts', of: /strict-json/ },
      { file: 'entra/signing-keys.test.ts', of: /signing-keys/ },
      { file: 'entra/entra.test.ts', of: /nonce|service|store|verify-token/ },
      { file: 'entra/broken-tokens.test.ts', of: /strict-json|verify-token|nonce/ },
    ],
  },
}
