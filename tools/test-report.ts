/** What is read of the runner's JSON report. */
export interface Report {
  testResults: readonly {
    name: string
    status: string
    assertionResults: readonly { status: string }[]
  }[]
}

/** How many tests of a run passed and failed. */
export interface Tally {
  passed: number
  failed: number
}

/**
 * Counts a report. A file that fails without a failed test of its own (it could not be loaded) is one failure, and so is a
 * runner that reports trouble which no test owns (an unhandled rejection), so that red is never counted as green.
 */
export function tally(report: Report, exitCode: number): Tally {
  const statuses = report.testResults.flatMap((file) => file.assertionResults.map((test) => test.status))
  const passed = statuses.filter((status) => status === 'passed').length
  const lost = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = statuses.filter((status) => status === 'failed').length + lost
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed }
}

/** The line a run ends with. */
export function lastLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`
}

/** Green means that something ran and nothing failed. */
export function isGreen({ passed, failed }: Tally): boolean {
  return failed === 0 && passed > 0
}
