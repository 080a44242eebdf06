/**
 * Who may import what: the table of docs/architecture.md as data. Every row whose `files` match applies, so a file
 * in several rows obeys them all. `never` is matched against the module name as written in the import.
 *
 * @type {readonly { files: RegExp, except?: RegExp, never: RegExp, because: string }[]}
 */
const importTable = [
  {
    files: /./,
    except: /^(packages\/sdk\/src\/http\.ts|bench\/)/,
    never: /^ky$/,
    because: 'only packages/sdk/src/http.ts knows ky',
  },
  {
    files: /./,
    except: /^(packages\/server\/src\/storage\/|packages\/server\/prove\/|bench\/)/,
    never: /^(@libsql\/client|libsql|drizzle-orm\/libsql)(\/|$)/,
    because: 'only packages/server/src/storage/ opens a database, so every write goes through its one door',
  },
  {
    files: /^(packages|examples)\//,
    never: /^zod($|\/(?!mini$))/,
    because: "import * as z from 'zod/mini': the classic build costs browsers five times as much",
  },
  {
    files: /^packages\/nacha\/src\//,
    never: /^[^.]/,
    because: 'nacha imports nothing, so it runs anywhere',
  },
  {
    files: /^packages\/contract\/src\//,
    never: /^(?!\.|@fistworks\/nacha$|zod\/mini$)/,
    because: 'contract imports only @fistworks/nacha and zod/mini',
  },
  {
    files: /^packages\/sdk\/src\//,
    never: /^(?!\.|@fistworks\/contract$|ky$)/,
    because: 'sdk imports only @fistworks/contract and ky: no node:*, no server, no lit',
  },
  {
    files: /^packages\/widgets\/src\//,
    never: /^(?!\.|@fistworks\/(sdk|contract|nacha)$|lit($|\/)|@lit\/)/,
    because: 'widgets imports only sdk, contract, nacha and lit: no server, no ky, no msal',
  },
  {
    files: /^packages\/portal\/src\//,
    except: /^packages\/portal\/src\/sign-in\//,
    never: /^@azure\/msal/,
    because: 'only packages/portal/src/sign-in/ knows msal-browser',
  },
  {
    files: /^packages\/portal\/src\//,
    never: /^(node:|@fistworks\/server)/,
    because: 'portal is a page in a browser',
  },
  {
    files: /^packages\/server\/src\//,
    never: /^@fistworks\/(sdk|widgets|portal)(\/|$)/,
    because: 'server speaks the contract; sdk is for its tests only',
  },
  {
    files: /^packages\/server\/src\/(.+\/)?routes\.ts$/,
    never: /^drizzle-orm(\/|$)|(^|\/)((\w+-)*table\.ts$|(\w+-)*store\.ts$|banks\/|vault\/)/,
    because: 'routes.ts translates HTTP: it knows its service.ts, contract and http/, never tables, banks or the vault',
  },
  {
    files: /^packages\/server\/src\/(.+\/)?service\.ts$/,
    never: /^(hono|@hono|hono-openapi|drizzle-orm|ssh2|ssh2-sftp-client)(\/|$)|^node:/,
    because: 'service.ts decides: it knows its store, contract, nacha and ports, never HTTP, SQL, SFTP or the machine',
  },
  {
    files: /^packages\/server\/src\/(.+\/)?store\.ts$/,
    never: /^(hono|@hono|hono-openapi)(\/|$)|(^|\/)(service|routes)\.ts$/,
    because: 'store.ts reads and writes rows: it knows its table.ts, drizzle and storage/, never HTTP or services',
  },
  {
    files: /^packages\/server\/src\/((banks|mail)\/(?!(table|store|service|routes)\.ts$)|.*-key-vault\.ts$)/,
    never: /^(hono|@hono|hono-openapi|drizzle-orm)(\/|$)|(^|\/)(table|store|service|routes)\.ts$/,
    because: 'an adapter knows its port and its one library, never HTTP, SQL or rooms',
  },
]

/** Tests may reach for anything they check with. */
const outsideTheTable = /(\.test\.ts$|\/(test|testing|prove)\/|\.config\.ts$)/

/**
 * Why `file` (relative to the root, with `/`) must not import `module`; undefined when it may.
 *
 * @param {string} file
 * @param {string} module
 * @returns {string | undefined}
 */
export function refusal(file, module) {
  if (outsideTheTable.test(file)) return undefined
  return importTable.find((row) => row.files.test(file) && !row.except?.test(file) && row.never.test(module))?.because
}
