import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The longest a source file may be; a longer one is asked what it hides. */
const maxLines = 300

const isSource = (path: string) => /\.(ts|js|mjs|css|sql)$/.test(path)
const isTest = (path: string) => path.endsWith('.test.ts')

/** Words that only leave work for later, and tests that do not run. */
const unfinished = /\b(TODO|FIXME|XXX)\b/
const asleep = /\b(test|it|describe|suite)\.(skip|todo|only|fails|skipIf|runIf)\b|\bx(it|describe|test)\(/

/** Traces of one machine: home and work folders, and registries other than by name. */
const traces = [/(^|[\s"'`(=:])\/(work|home|Users|root)\/\w/, /\bregistry\.[a-z0-9-]+\.[a-z]+/, /_authToken/]

/** Files that name what is looked for. */
const exempt = new Set(['pnpm-lock.yaml', 'tools/tidy.ts', 'tools/tidy.test.ts', 'tools/lint/lint.test.ts'])

function untidyLines(path: string, lines: readonly string[]): string[] {
  const told: string[] = []
  if (exempt.has(path)) return told
  lines.forEach((line, index) => {
    const place = `${path}:${index + 1}`
    if (isSource(path) && unfinished.test(line)) told.push(`${place} leaves work for later: finish it or take it out`)
    if (isTest(path) && asleep.test(line)) told.push(`${place} has a test that does not always run`)
    if (traces.some((trace) => trace.test(line))) {
      told.push(`${place} names a machine's folder or a registry host`)
    }
  })
  return told
}

/** Relative links of a Markdown text, without their anchors; code blocks are no links. */
export function linksIn(markdown: string): string[] {
  const text = markdown.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '')
  const links = [...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g), ...text.matchAll(/\ssrc="([^"]+)"/g)]
  return links.map((link) => link[1]!.split('#')[0]!).filter((link) => link && !/^[a-z]+:/i.test(link))
}

/** Paths that a line names in backticks: anything with a slash that is not a glob, a placeholder, a command or a URL. */
export function pathsIn(line: string): string[] {
  const quoted = [...line.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '')
  return quoted.filter((one) => /^[\w.][\w./-]*\/[\w./-]*$/.test(one))
}

/** What a map names and nobody has. A path stands for itself, or lies in the folder that its line names first. */
function deadPaths(root: string, markdown: string): string[] {
  return markdown.split('\n').flatMap((line) => {
    const paths = pathsIn(line)
    const folder = paths[0] ?? ''
    return paths.filter((one) => !existsSync(join(root, one)) && !existsSync(join(root, folder, one)))
  })
}

function deadReferences(root: string, path: string, text: string): string[] {
  const links = linksIn(text).filter(
    (link) => !existsSync(join(root, link.startsWith('/') ? '.' : dirname(path), decodeURI(link))),
  )
  const paths = path === 'AGENTS.md' ? deadPaths(root, text) : []
  return [
    ...links.map((link) => `${path} links to ${link}, which is not there`),
    ...paths.map((one) => `${path} names ${one}, which is not there`),
  ]
}

/** The files git knows or would take up, relative to `root`. */
function projectFiles(root: string): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }).split('\0')
  return [...new Set(listed)].filter((path) => path && existsSync(join(root, path)))
}

/** Everything in the project that is not tidy, each with its place and what to do. */
export function findUntidy(root: string, files: readonly string[] = projectFiles(root)): string[] {
  return files.flatMap((path) => {
    const isMarkdown = path.endsWith('.md')
    if (!isSource(path) && !isMarkdown && !/\.(json|ya?ml|html)$|(^|\/)(\.npmrc|run)$/.test(path)) return []
    const text = readFileSync(join(root, path), 'utf8')
    const lines = text.split('\n')
    const told = untidyLines(path, lines)
    if (isSource(path) && !isTest(path) && lines.length - 1 > maxLines) {
      told.push(`${path} has ${lines.length - 1} lines, more than ${maxLines}: what does it hide?`)
    }
    return isMarkdown ? [...told, ...deadReferences(root, path, text)] : told
  })
}
