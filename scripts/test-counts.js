// Adds up what test runs counted and prints 'N passed, N failed, N skipped'.
// node scripts/test-counts.js FILE...: vitest's JSON reports, and logs of the package checks. A run that did not happen has no file.
import { existsSync, readFileSync } from 'node:fs'

/** A file that could not be loaded has failed without a test of its own. */
const isBroken = (file) => file.status === 'failed' && file.assertionResults.length === 0

function countTests(report) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } =
    JSON.parse(report)
  return {
    passed: numPassedTests,
    failed: numFailedTests + testResults.filter(isBroken).length,
    skipped: numPendingTests + numTodoTests,
  }
}

function countPackages(log) {
  const [, passed = 0, failed = 0] = log.match(/^packages: (\d+) passed, (\d+) failed$/m) ?? []
  return { passed: Number(passed), failed: Number(failed), skipped: 0 }
}

const counts = process.argv
  .slice(2)
  .filter((file) => existsSync(file))
  .map((file) => (file.endsWith('.json') ? countTests : countPackages)(readFileSync(file, 'utf8')))
const sum = (name) => counts.reduce((total, count) => total + count[name], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
