// Runs one hostile worker in a process of its own and prints its sample the way a log would, for the reader of stdout.
// Usage: node print-sample.ts INTERPRETER PYTHON_VERSION MISBEHAVIOUR
import { join } from 'node:path';
import { hostileRequest } from '../../src/measure/hostile-worker.fixture.ts';
import { processExecutor } from '../../src/measure/process-executor.ts';

const [executable = '', python = '', workload = ''] = process.argv.slice(2);
const executor = processExecutor({ workerFolder: join(import.meta.dirname, 'worker') });
const sample = await executor.run(hostileRequest({ executable, python, workload }));
console.log(sample.status);
if (sample.status === 'broken') console.log(`${sample.message}\n${sample.output}`);
