// Adds up what test runs counted and prints 'N passed, N failed, N skipped'.
// node scripts/test-counts.js <vitest's JSON report> <log of the package checks>; a file that is absent counts nothing.
import { existsSync, readFileSync } from 'node:fs'

const [reportFile, packagesLog] = process.argv.slice(2)
const read = (file) => (file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : '')

function countTests(report) {
  if (report === '') return { passed: 0, failed: 0, skipped: 0 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } =
    JSON.parse(report)
  // A file that could not be loaded has failed without a test of its own.
  const broken = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests,
  }
}

function countPackages(log) {
  const [, passed = 0, failed = 0] = log.match(/^packages: (\d+) passed, (\d+) failed$/m) ?? []
  return { passed: Number(passed), failed: Number(failed) }
}

const tests = countTests(read(reportFile))
const packages = countPackages(read(packagesLog))
const sum = (name) => tests[name] + packages[name]
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${tests.skipped} skipped`)
