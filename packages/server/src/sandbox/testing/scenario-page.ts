import { accountOf, amountOf, FAMILIES, type Family, SCENARIOS } from '../scenarios.ts'

/** The table of docs/guides/sandbox.md, as Markdown; a test keeps the page like it. */
export function scenarioPage(): string {
  return Object.entries(FAMILIES)
    .map(([kind, { title, says }]) => family(kind as Family, title, says))
    .join('\n\n')
}

function family(kind: Family, title: string, says: string): string {
  const rows = SCENARIOS.filter(({ scenario }) => scenario.kind === kind).map((row) => {
    const dollars = (amountOf(row) / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' })
    return `| \`${accountOf(row)}\` | ${dollars} | ${row.what} | ${row.when} |`
  })
  return [
    `### ${title}: ${says}`,
    '',
    '| Account number | or amount | What happens | When |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')
}
