/** The development pages' one style sheet. */
export const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --line: light-dark(#dcdfe4, #33373d); --quiet: light-dark(#5b6470, #a2abb8); --card: light-dark(#fff, #1d2024); --link: light-dark(#1f5fbf, #8ab8ff); }
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; background: light-dark(#f7f8fa, #15171a); color: light-dark(#1b1f24, #e8eaed); }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; padding: .75rem 1.5rem; border-bottom: 1px solid var(--line); }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
header nav { margin-inline-start: auto; }
a, summary { color: var(--link); }
main { max-width: 64rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; }
.cards { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
.cards li { min-width: 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--card); }
h1 { margin: .5rem 0; }
h2 { margin: 2rem 0 .5rem; font-size: 1.2rem; }
.cards h2, h3 { margin: 0; font-size: 1.05rem; overflow-wrap: anywhere; }
.quiet, .meta { color: var(--quiet); font-size: .9rem; }
.meta { margin: .25rem 0 .75rem; overflow-wrap: anywhere; }
.text { white-space: pre-line; overflow-wrap: anywhere; margin: 0; }
.big { font-size: 1.4rem; margin: .5rem 0; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin: .75rem 0; }
td .row { margin: 0; flex-wrap: nowrap; }
.tabs { margin: 1.5rem 0 0; border-bottom: 1px solid var(--line); }
.tabs a { padding: .4rem .2rem; text-decoration: none; }
.tabs a[aria-current] { border-bottom: 3px solid currentcolor; font-weight: 600; }
button, select, input { font: inherit; min-height: 2.5rem; padding: .3rem .8rem; border: 1px solid light-dark(#7a8390, #8b95a3); border-radius: .5rem; background: var(--card); color: inherit; }
button { cursor: pointer; }
button:hover { background: light-dark(#eef2f8, #2a2f36); }
label { display: grid; gap: .25rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.refusal { padding: .6rem 1rem; border-inline-start: 4px solid light-dark(#b3261e, #ff8a80); background: light-dark(#fdecea, #3a1f1d); }
.wide { overflow-x: auto; margin: .5rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); }
th { font-size: .85rem; font-weight: 600; color: var(--quiet); white-space: nowrap; }
td:first-child { min-width: 9rem; }
details { margin: .5rem 0; }
pre { margin: .5rem 0 0; overflow-x: auto; font: 12px/1.5 ui-monospace, monospace; }
code { overflow-wrap: anywhere; }
table code, td button { white-space: nowrap; }
@media (max-width: 44rem) {
  main { padding-inline: 1rem; }
  thead { display: none; }
  tr { display: grid; gap: .15rem; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  td { padding: 0; border: 0; }
}
`
