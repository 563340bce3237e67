// Prints the counts of a vitest JSON report as one line: N passed, N failed, N skipped.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
// A file that fails to load has no failed test of its own, but is a failure all the same.
const brokenFiles = report.testResults.filter(
  (file) =>
    file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed'),
).length;
const failed = report.numFailedTests + brokenFiles;
const skipped = report.numPendingTests + report.numTodoTests;
console.log(`${report.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
