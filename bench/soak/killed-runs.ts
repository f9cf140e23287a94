import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../src/stats/random.ts';
import type { Soak } from './document.ts';
import type { FaultyProject } from './faulty-project.ts';
import { killAfter, orderlyEnd, type Started, startProgram } from './program.ts';
import { journaledSamples, survivorsOf, tornFiles, writtenSamples } from './remains.ts';

/** Longest time from the start of a run to its kill, milliseconds: past its preparations and some of its samples. */
const longestLife = 9000;

/** When the last run, which nobody kills, is given up, milliseconds. */
const longestRun = 1_200_000;

/** Runs of one project that are killed at random moments, and what is left after each. */
export interface KilledRuns {
  readonly cli: string;
  readonly project: FaultyProject;
  readonly kills: number;
  readonly random: Random;
  /** Arguments of the run of a plan; a plan that came to its end is followed by the next one. */
  readonly argumentsOf: (plan: number) => readonly string[];
}

type Killed = Pick<
  Soak,
  | 'starts'
  | 'kills'
  | 'killedMeasuring'
  | 'resumed'
  | 'survivors'
  | 'torn'
  | 'journaled'
  | 'journaledInPairs'
  | 'lost'
  | 'leftovers'
  | 'storedTwice'
>;

/** Kills run after run until there were enough kills, then lets the last one come to its end. */
export async function killRuns({ cli, project, kills, random, argumentsOf }: KilledRuns): Promise<Killed> {
  const ledger = new Ledger(project);
  while (ledger.kills < kills || !ledger.isComplete) {
    const life = ledger.kills < kills ? random() * longestLife : longestRun;
    const run = startProgram(cli, project, argumentsOf(ledger.plan));
    const isKilled = await killAfter(run, life);
    if (!isKilled) await orderlyEnd(run);
    await ledger.lookAt(run, isKilled);
    if (isKilled) console.error(`${ledger.kills} of ${kills} kills, ${project.starts()} starts`);
  }
  return ledger.total();
}

/** What was found after each run. */
class Ledger {
  readonly #project: FaultyProject;
  readonly #state: string;
  readonly #results: string;
  /** Samples of the run that goes on. */
  #open = new Set<string>();
  readonly #inPairs = new Set<string>();
  readonly #torn = new Set<string>();
  #survivors = 0;
  #resumed = 0;
  #journaled = 0;
  #lost = 0;
  #killedMeasuring = 0;
  #leftoversSeen = 0;
  kills = 0;
  plan = 0;
  /** Whether the last run came to its end. */
  isComplete = false;

  constructor(project: FaultyProject) {
    this.#project = project;
    this.#state = join(project.folder, '.concurrency-regressions');
    this.#results = join(this.#state, 'results.json');
  }

  async lookAt(run: Started, isKilled: boolean): Promise<void> {
    this.#survivors += (await survivorsOf(run.tag)).length;
    for (const file of tornFiles(this.#state)) this.#torn.add(file);
    if (run.said().includes('Going on with')) this.#resumed += 1;
    this.#lookAtJournal();
    if (isKilled) this.#countKill();
    else this.plan += 1;
    this.isComplete = !isKilled;
  }

  #lookAtJournal(): void {
    const now = journaledSamples(this.#results);
    for (const sample of [...now.rounds, ...now.pairs]) this.#open.add(sample);
    for (const sample of now.pairs) this.#inPairs.add(sample);
    if (existsSync(`${this.#results}.journal`) || !existsSync(this.#results)) return;
    const written = writtenSamples(this.#results);
    this.#lost += [...this.#open].filter((sample) => !written.has(sample)).length;
    this.#journaled += this.#open.size;
    this.#open = new Set();
  }

  #countKill(): void {
    this.kills += 1;
    this.#killedMeasuring += this.#open.size > 0 ? 1 : 0;
    this.#leftoversSeen += leftoversOf(this.#project).length;
  }

  total(): Killed {
    return {
      ...{ starts: this.#project.starts(), kills: this.kills, killedMeasuring: this.#killedMeasuring, resumed: this.#resumed },
      ...{
        survivors: this.#survivors,
        torn: [...this.#torn],
        journaled: this.#journaled,
        journaledInPairs: this.#inPairs.size,
        lost: this.#lost + this.#open.size,
      },
      leftovers: { seen: this.#leftoversSeen, left: leftoversOf(this.#project) },
      storedTwice: storedTwice(join(this.#state, 'baseline')),
    };
  }
}

/** Drafts beside the project, and temporary folders. */
function leftoversOf({ folder, temporary }: FaultyProject): readonly string[] {
  const state = join(folder, '.concurrency-regressions');
  const drafts = existsSync(state) ? readdirSync(state).filter((name) => name.endsWith('.tmp')) : [];
  return [...drafts, ...readdirSync(temporary)];
}

/** Runs that are in the files of a baseline more than once; each file is of one runtime. */
function storedTwice(folder: string): number {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jsonl')) : [];
  const twice = files.map((name) => {
    const ids = [...readFileSync(join(folder, name), 'utf8').matchAll(/"runId":"([^"]+)"/g)].map(([, id]) => id);
    return ids.length - new Set(ids).size;
  });
  return twice.reduce((sum, count) => sum + count, 0);
}
