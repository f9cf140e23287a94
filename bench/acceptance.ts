/**
 * The acceptance figures of the verdicts: simulates pull requests on four kinds of machine, judges them by the rule
 * that judges real ones and, on the same draws, by the rules of other tools, and checks the bounds.
 *
 *   npm run bench:acceptance [-- --quick] [--pull-requests 1000] [--seed text]
 *
 * Writes docs/acceptance.md and exits with 1 when a bound is missed; --quick (100 pull requests) writes nothing
 * and fails for nothing: it prints what it would miss.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { acceptanceDocument } from '../src/simulate/acceptance-document.ts';
import { guestViolations, violations } from '../src/simulate/bounds.ts';
import { simulationDefaults } from '../src/simulate/simulation.ts';
import { runGuest, runSuite } from '../src/simulate/suite.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    'pull-requests': { type: 'string' },
    seed: { type: 'string', default: simulationDefaults.seed },
  },
});
const pullRequests = Number(values['pull-requests'] ?? (values.quick ? 100 : 1000));
if (!Number.isInteger(pullRequests) || pullRequests < 10) {
  console.error(`--pull-requests is ${values['pull-requests']}. Give a whole number from 10 up.`);
  process.exit(2);
}
/** Processor seconds: what a simulation costs does not depend on who else uses the machine. */
const clock = () => process.cpuUsage().user / 1e6;
const options = { pullRequests, seed: values.seed, clock, progress: (line: string) => console.error(line) };
const figures = runSuite(options);
const guest = runGuest(options);
const extra = [
  ...(pullRequests === 1000 ? [] : [`--pull-requests ${pullRequests}`]),
  ...(values.seed === simulationDefaults.seed ? [] : [`--seed '${values.seed}'`]),
];
const command = ['npm run bench:acceptance', ...(extra.length === 0 ? [] : ['--', ...extra])].join(' ');
const document = acceptanceDocument(figures, guest, { command, pullRequests, seed: values.seed });
console.log(document);
const missed = [...figures.flatMap(violations), ...guestViolations(guest)];
for (const line of missed) console.error(`missed: ${line}`);
if (values.quick) {
  console.error('Quick: nothing fails, so few pull requests cannot resolve shares of a percent.');
} else {
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'acceptance.md'), document);
  process.exitCode = missed.length === 0 ? 0 : 1;
}
