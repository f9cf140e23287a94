import { homedir } from 'node:os';
import { join } from 'node:path';
import { type GivenOptions, readOptions } from '../../src/config/options.ts';
import { faultText } from '../../src/pipeline/fault-text.ts';
import { measureForReport } from '../../src/pipeline/measure.ts';
import { reportOnFiles } from '../../src/pipeline/report.ts';
import type { Surroundings } from '../../src/pipeline/surroundings.ts';
import { renderReportMarkdown } from '../../src/render/report.ts';

// A door like those of src: measures in the working directory, or reports on what was measured there. Its options are JSON.
//
//   node test/crash/program.ts measure|report '{"processes": "5"}'

const [command, json = '{}'] = process.argv.slice(2);
const given: GivenOptions = JSON.parse(json);
const say = (text: string) => process.stderr.write(`${text}\n`);

const surroundings: Surroundings = {
  environment: process.env,
  home: homedir(),
  cwd: process.cwd(),
  workloadsFolder: join(import.meta.dirname, '..', '..', 'workloads'),
  workflow: null,
  repository: null,
  progress: { note: say, update: () => {}, end: () => {} },
  signal: new AbortController().signal,
};

try {
  const options = readOptions([{ source: 'flag', given }]);
  if (command === 'measure') await measureForReport(options, surroundings);
  else process.stdout.write((await renderedReport(options)).text);
} catch (error) {
  say(faultText(error));
  process.exitCode = 2;
}

async function renderedReport(options: ReturnType<typeof readOptions>) {
  let text = '';
  await reportOnFiles({ options, surroundings }, (made) => {
    text = renderReportMarkdown(made, {});
    return text;
  });
  return { text };
}
