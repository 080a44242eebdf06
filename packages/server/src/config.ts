import { resolve } from 'node:path'
import { readTrustedProxies, type TrustedProxies } from './http/client-address.ts'
import { type EntraSettings, readEntraSettings } from './entra/settings.ts'
import { readSecurityContact } from './http/security-text.ts'
import { type DatabasePlaces, readDatabasePlaces } from './storage/database-places.ts'
import { readSmtpSettings, type SmtpSettings } from './mail/smtp-settings.ts'
import { readKeyProvider, refuseSecretsIn } from './vault/key-settings.ts'
import type { KeyProviderSettings } from './vault/open-key-provider.ts'

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** How this process runs. Read once, here only; secrets never come from the environment. */
export interface Config {
  mode: 'development' | 'live'
  /** Databases, keys and, in development, the sandbox bank's folders. */
  dataFolder: string
  host: string
  port: number
  /** The address people and platforms reach this server at, without a slash at the end. */
  publicOrigin: string
  sandboxBankPort: number
  /** Ports that bank connections may name. */
  sftpPorts: readonly number[]
  /** Private networks that bank connections may reach, as CIDR blocks; empty means public addresses only. */
  privateSftpNetworks: readonly string[]
  /** Where the key is that wraps all others. */
  keyProvider: KeyProviderSettings
  /** A second folder for the checkpoints of the audit log, best on another machine. */
  checkpointFolder?: string
  /** Sign-in with Microsoft Entra External ID, where it is set up. */
  entra?: EntraSettings
  /** `debug` tells of each answer. */
  logLevel: LogLevel
  /** Databases that are not files of the data folder, by name; see `storage/directory.ts`. */
  databases: DatabasePlaces
  /** Whether SQL on rows of tenants is refused when it names no owner; always in development, in live mode on request. */
  isSqlGuarded: boolean
  /** Whom `/.well-known/security.txt` names; without it there is none. */
  securityContact: string | null
  /** Proxies that are believed when they say who asks. */
  trustedProxies: TrustedProxies
  /** Whether webhooks may go to this very machine, without TLS; never in live mode. */
  isWebhookLoopbackAllowed: boolean
  /** The mail server; without one live mode has no sign-in and mails nothing. */
  mail: SmtpSettings | null
}

/** Which keys this server makes and takes. */
export const keyModeOf = ({ mode }: Pick<Config, 'mode'>): 'test' | 'live' => (mode === 'live' ? 'live' : 'test')

/** @throws Error that names the setting and what it must look like */
export function readConfig(mode: Config['mode'], env: Readonly<Record<string, string | undefined>>): Config {
  const port = portOf(env, 'FISTWORKS_PORT', 4400)
  const sandboxBankPort = portOf(env, 'FISTWORKS_SANDBOX_BANK_PORT', 4422)
  const isLive = mode === 'live'
  if (isLive) refuseSecretsIn(env)
  if (isLive && env['FISTWORKS_PUBLIC_ORIGIN'] === undefined) {
    throw new Error('FISTWORKS_PUBLIC_ORIGIN must be set in live mode, like https://ach.example.com')
  }
  const publicOrigin = env['FISTWORKS_PUBLIC_ORIGIN'] ?? `http://localhost:${port}`
  if (!/^https?:\/\/[^/]+$/.test(publicOrigin) || (isLive && !publicOrigin.startsWith('https://'))) {
    throw new Error('FISTWORKS_PUBLIC_ORIGIN must be an origin like https://ach.example.com')
  }
  const host = env['FISTWORKS_HOST'] ?? '127.0.0.1'
  if (!isLive && !/^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host)) {
    throw new Error(
      'FISTWORKS_HOST must be an address of this machine alone, like 127.0.0.1, in development: there anybody who reaches the server can read sign-in codes',
    )
  }
  const entra = readEntraSettings(env)
  const networks = list(env['FISTWORKS_PRIVATE_SFTP_NETWORKS'])
  return {
    mode,
    dataFolder: dataFolderOf(mode, env),
    host,
    port,
    publicOrigin,
    sandboxBankPort,
    sftpPorts: [22, 2222, 10022, ...portList(env), ...(isLive ? [] : [sandboxBankPort])],
    privateSftpNetworks: isLive ? networks : ['127.0.0.0/8', ...networks],
    keyProvider: readKeyProvider(isLive, env),
    ...checkpointFolderOf(env),
    ...(entra === undefined ? {} : { entra }),
    logLevel: logLevelOf(env['FISTWORKS_LOG_LEVEL']),
    databases: databasePlacesOf(env),
    securityContact: readSecurityContact(env['FISTWORKS_SECURITY_CONTACT']),
    trustedProxies: readTrustedProxies('FISTWORKS_TRUSTED_PROXIES', list(env['FISTWORKS_TRUSTED_PROXIES'])),
    isWebhookLoopbackAllowed: webhookLoopbackOf(env, isLive),
    mail: readSmtpSettings(env['FISTWORKS_MAIL'], isLive),
    isSqlGuarded: !isLive || isOn(env, 'FISTWORKS_SQL_GUARD'),
  }
}

/** Where databases are that are not files of the data folder. */
export function databasePlacesOf(env: Readonly<Record<string, string | undefined>>): DatabasePlaces {
  return readDatabasePlaces(env['FISTWORKS_DATABASES'])
}

/** Where the second copy of every checkpoint goes, if anywhere. */
export function checkpointFolderOf(env: Readonly<Record<string, string | undefined>>): { checkpointFolder?: string } {
  const folder = env['FISTWORKS_AUDIT_CHECKPOINTS']
  return folder === undefined ? {} : { checkpointFolder: resolve(folder) }
}

/** Where databases and keys lie. */
export function dataFolderOf(mode: Config['mode'], env: Readonly<Record<string, string | undefined>>): string {
  return resolve(env['FISTWORKS_DATA'] ?? (mode === 'live' ? '.data/live' : '.data/dev'))
}

function logLevelOf(text: string | undefined): LogLevel {
  const level = LOG_LEVELS.find((one) => one === (text ?? 'info'))
  if (level === undefined) throw new Error(`FISTWORKS_LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`)
  return level
}

function portOf(env: Readonly<Record<string, string | undefined>>, name: string, otherwise: number): number {
  const text = env[name]
  if (text === undefined) return otherwise
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65535) throw new Error(`${name} must be a port number, not ${text}`)
  return port
}

function portList(env: Readonly<Record<string, string | undefined>>): number[] {
  return list(env['FISTWORKS_SFTP_PORTS']).map((port) =>
    portOf({ FISTWORKS_SFTP_PORTS: port }, 'FISTWORKS_SFTP_PORTS', 0),
  )
}

function isOn(env: Readonly<Record<string, string | undefined>>, name: string): boolean {
  const text = env[name] ?? 'off'
  if (text !== 'on' && text !== 'off') throw new Error(`${name} must be on or off, not ${text}`)
  return text === 'on'
}

/** Other servers on this machine often take orders from it alone, so nobody's webhooks reach them in live mode. */
function webhookLoopbackOf(env: Readonly<Record<string, string | undefined>>, isLive: boolean): boolean {
  const isAllowed = isOn(env, 'FISTWORKS_WEBHOOK_LOOPBACK')
  if (isAllowed && isLive)
    throw new Error('FISTWORKS_WEBHOOK_LOOPBACK is for development: it cannot be on in live mode')
  return isAllowed
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
