// Runs one act of workloads/misbehaves.py and prints what became of it. Usage: node print-misbehaviour.ts ACT
import { processExecutor } from '../../src/measure/process-executor.ts';
import { executorOptions, Grounds, misbehaviour } from './run-case.ts';

const grounds = new Grounds();
const sample = await processExecutor(executorOptions(grounds)).run(misbehaviour(process.argv[2] ?? ''));
grounds.remove();
console.log(sample.status === 'measured' ? sample.status : sample.message);
