// Prints the counts of a vitest JSON report as one line: N passed, N failed, N skipped.
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

const file = process.argv[2];
if (file === undefined) throw new Error('give the path of the report');
const report = reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
// A file that fails to load has no failed test of its own, but is a failure all the same.
const brokenFiles = report.testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
);
const failed = report.numFailedTests + brokenFiles.length;
const skipped = report.numPendingTests + report.numTodoTests;
console.log(
  `${String(report.numPassedTests)} passed, ${String(failed)} failed, ${String(skipped)} skipped`,
);
