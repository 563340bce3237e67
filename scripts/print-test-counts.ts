// Prints the counts of vitest's JSON reports as one line: N passed, N failed, N skipped.
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

const counts = process.argv.slice(2).map((file) => countsOf(file));
const sum = (name: keyof (typeof counts)[number]): string =>
  String(counts.reduce((total, count) => total + count[name], 0));
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);

function countsOf(file: string): { passed: number; failed: number; skipped: number } {
  const report = reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  // A file that fails to load has no failed test of its own, but is a failure all the same.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
