import { drawsOf } from './draws.ts';
import { type Judged, judgePullRequest, type RuleOptions } from './our-rule.ts';
import { type PeerRule, peerViews } from './peers.ts';
import { type Change, drawPullRequest, type PullRequest } from './pull-request.ts';
import type { Scenario } from './scenario.ts';

/** A study: many simulated pull requests that change the same thing. */
export interface StudyPlan {
  readonly scenario: Scenario;
  readonly change: Change;
  readonly pullRequests: number;
  readonly cells: number;
  readonly storedRuns: number;
  readonly rule: RuleOptions;
  /** Rules of others that judge the same draws. */
  readonly peers: readonly PeerRule[];
  readonly seed: string;
}

/** What a study counted. */
export interface StudyResult {
  readonly plan: StudyPlan;
  /** Pull requests in which a cell that did not change was flagged, either direction. */
  readonly falselyFlagged: number;
  /** Pull requests with any flag at all. */
  readonly flagged: number;
  /** Cells that truly changed, over all pull requests. */
  readonly changed: number;
  /** Of those: flagged as a regression, left inconclusive, suspected by the stored runs alone. */
  readonly caught: number;
  readonly inconclusive: number;
  readonly suspectedOnly: number;
  /** Pull requests in which the stored runs alone suspected a cell that did not change. */
  readonly falselySuspected: number;
  /** Process runs of each pull request, those spent on sentinels alone, and suspects. */
  readonly processRuns: readonly number[];
  readonly sentinelRuns: readonly number[];
  readonly suspects: readonly number[];
  /** The smallest slowdown that the stored runs exclude, as a share, of every cell of every pull request. */
  readonly excluded: readonly number[];
  /** Pairs of the suspects of each family, summed, and how many suspects those were. */
  readonly pairsByFamily: ReadonlyMap<string, { readonly pairs: number; readonly suspects: number }>;
  readonly peers: readonly PeerResult[];
}

/** The same counts of a peer's rule, slowdowns only. */
export interface PeerResult {
  readonly rule: PeerRule;
  readonly falselyFlagged: number;
  readonly flagged: number;
  readonly caught: number;
}

/** Simulates and judges. The same plan gives the same result on every machine. */
export function runStudy(plan: StudyPlan): StudyResult {
  const tally = { falselyFlagged: 0, flagged: 0, changed: 0, caught: 0, inconclusive: 0, suspectedOnly: 0, falselySuspected: 0 };
  const processRuns: number[] = [];
  const sentinelRuns: number[] = [];
  const suspects: number[] = [];
  const excluded: number[] = [];
  const pairsByFamily = new Map<string, { pairs: number; suspects: number }>();
  const peers = plan.peers.map((rule) => ({ rule, falselyFlagged: 0, flagged: 0, caught: 0 }));
  for (let index = 0; index < plan.pullRequests; index += 1) {
    const draws = drawsOf(`${plan.seed}/${plan.scenario.name}/${JSON.stringify(plan.change)}/${index}`);
    const pull = drawPullRequest(plan.scenario, plan, plan.change, draws);
    const judged = judgePullRequest(pull, plan.rule, draws);
    const { effects } = pull;
    const flags = [...judged.regressions, ...judged.improvements];
    tally.flagged += flags.length > 0 ? 1 : 0;
    tally.falselyFlagged += flags.some((cell) => !effects.has(cell)) ? 1 : 0;
    tally.falselySuspected += [...judged.suspectedOnly].some((cell) => !effects.has(cell)) ? 1 : 0;
    tally.changed += effects.size;
    tally.caught += countIn(effects, judged.regressions);
    tally.inconclusive += countIn(effects, judged.inconclusive);
    tally.suspectedOnly += countIn(effects, judged.suspectedOnly);
    processRuns.push(judged.processRuns);
    sentinelRuns.push(judged.sentinelRuns);
    suspects.push(judged.suspects);
    for (const share of judged.excluded) excluded.push(share);
    addPairs(pairsByFamily, pull, judged);
    if (peers.length > 0) judgeByPeers(peers, pull);
  }
  return { plan, ...tally, processRuns, sentinelRuns, suspects, excluded, pairsByFamily, peers };
}

function countIn(effects: ReadonlyMap<number, number>, cells: ReadonlySet<number>): number {
  return [...effects.keys()].filter((cell) => cells.has(cell)).length;
}

function addPairs(sums: Map<string, { pairs: number; suspects: number }>, { world }: PullRequest, { pairs }: Judged): void {
  for (const [index, count] of pairs) {
    const family = world.cells[index]?.family.name ?? '';
    const sum = sums.get(family) ?? { pairs: 0, suspects: 0 };
    sums.set(family, { pairs: sum.pairs + count, suspects: sum.suspects + 1 });
  }
}

type PeerTally = { -readonly [Key in keyof PeerResult]: PeerResult[Key] };

function judgeByPeers(peers: readonly PeerTally[], pull: PullRequest): void {
  const views = peerViews(pull);
  for (const peer of peers) {
    const flagged = views.flatMap((view, cell) => (peer.rule.flags(view) ? [cell] : []));
    const caught = flagged.filter((cell) => pull.effects.has(cell)).length;
    peer.caught += caught;
    peer.flagged += flagged.length > 0 ? 1 : 0;
    peer.falselyFlagged += flagged.length > caught ? 1 : 0;
  }
}
