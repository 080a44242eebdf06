export const USAGE = `fistworks nacha validate FILE...             checks every rule
fistworks nacha describe FILE                says what a file does; --annotated field by field
fistworks nacha convert FILE                 to JSON and back, to other line ends
fistworks nacha diff BEFORE AFTER            what differs
fistworks nacha merge FILE... --output OUT   into as few files as there can be
fistworks nacha split FILE --output OUT      into credits and debits, or by a limit
fistworks nacha reverse FILE --output OUT --effective-date DAY
fistworks nacha balance FILE --output OUT --account JSON
fistworks nacha VERB --help                  what a verb takes

FILE is - for standard input. --json, --profile originate|standard|lenient, --unmasked, --force.
Exit code 0: valid, done. 1: violations, differences, refused. 2: wrong use, unreadable.`

const JSON_AND_PROFILE = `  --json                 one JSON value
  --profile PROFILE      originate, standard (when left out) or lenient`
const UNMASKED = '  --unmasked             shows whole numbers, names and texts'
const MADE = `  --output OUT           the file to write (for this user only); - shows it on standard output, masked
  --force                writes over a file that is there
${UNMASKED}
${JSON_AND_PROFILE}`
const LIMITS = `  --max-lines N          limits of each file that is made
  --max-entries N
  --max-debit-cents N
  --max-credit-cents N`

/** What each verb takes. */
export const HELP = {
  validate: `fistworks nacha validate FILE...

Checks every rule, as a stream. Exit code 1 when a file is not valid.

  --as-of DAY            today, for the rules that need to know it (YYYY-MM-DD)
  --max-violations N     violations listed at most, 1000 when left out
${JSON_AND_PROFILE}`,
  describe: `fistworks nacha describe FILE

Says in words what a file does. Exit code 1 when it cannot be read as a NACHA file.

  --annotated            every record field by field instead, also of a damaged file
${UNMASKED}
${JSON_AND_PROFILE}`,
  convert: `fistworks nacha convert FILE

A NACHA file to JSON, or JSON to a NACHA file; masked, so that it cannot be sent, unless told otherwise.

  --from FORM            ach, json or moov-json; ach and json are seen in the file when it is left out
  --to FORM              ach, json or moov-json (that of moov-io/ach); json of ach and ach of JSON when left out
  --line-ending END      lf (when left out), crlf or none, for --to ach
  --output OUT           the file to write (for this user only); standard output when left out
  --force                writes over a file that is there
  --unmasked             whole numbers, names and texts
${JSON_AND_PROFILE}; --json says on standard output what was done,
                         on standard error when the result goes there`,
  diff: `fistworks nacha diff BEFORE AFTER

Says what differs between two files. Exit code 1 when something does.

  --ignore FIELD         a field that does not count, such as fileCreationTime; may stand several times
${UNMASKED}
${JSON_AND_PROFILE}`,
  merge: `fistworks nacha merge FILE... --output OUT

Puts files together into as few as there can be.

${LIMITS}
  --creation-date DAY    for files of different days: day (YYYY-MM-DD) and time (HHMM) of what is made
  --creation-time TIME
${MADE}`,
  split: `fistworks nacha split FILE --output OUT

Makes a file of the credits and one of the debits; with a limit as many files as it takes to keep it.

${LIMITS}
  --debit-file-id-modifier LETTER   of the file of debits
${MADE}`,
  reverse: `fistworks nacha reverse FILE --output OUT --effective-date DAY

Takes a file back, or some of its batches and entries.

  --effective-date DAY   the day on which the reversal takes effect (YYYY-MM-DD)
  --batch N, --entry B:E what is reversed, counted from 0; all when left out; may stand several times
  --at MOMENT            when it is sent, such as 2026-11-20T14:30:00Z; now when left out
  --settled-on DAY       when the file settled; read in it when left out
  --discovered-at MOMENT when the mistake was found
  --even-if-late         past the fifth banking day, too
  --file-id-modifier LETTER
${MADE}`,
  balance: `fistworks nacha balance FILE --output OUT --account JSON

Books the other side of every batch in an account of the originator.

  --account JSON         a file with routingNumber, accountNumber, accountType and name of the account
  --own-batch            in a batch of its own
${MADE}`,
} as const
