// Lints a document by Redocly's recommended rules; every problem, a warning too, is printed and makes it fail.
import { createConfig, formatProblems, getTotals, lint } from '@redocly/openapi-core';

const config = await createConfig({
  extends: ['recommended'],
  rules: {
    // The project has no licence that could be named.
    'info-license': 'off',
    // It wants the field that tells the records of a union apart also where it may be left out. A test checks all examples.
    'no-invalid-media-type-examples': 'off',
  },
});
const problems = await lint({ ref: process.argv[2], config });
formatProblems(problems, { totals: getTotals(problems), format: 'stylish', maxProblems: 1000 });
process.exitCode = problems.length === 0 ? 0 : 1;
