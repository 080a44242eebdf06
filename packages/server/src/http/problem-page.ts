import { PROBLEMS } from '@fistworks/contract'

const rows = Object.entries(PROBLEMS).map(
  ([code, { status, title }]) =>
    `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`,
)

/** Where the `type` of every problem leads. */
export const PROBLEM_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Problems · FISTWorks</title>
<h1>Problems</h1>
<p>Every error has one of these codes. Its <code>detail</code> says what was wrong, where, and what to do.</p>
<table>
<thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</html>
`
