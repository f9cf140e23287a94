import type { MeasuredSample } from '../model/sample.ts';
import type { RunRequest } from './executor.ts';
import type { Fault } from './fault.ts';
import { harmlessPhrase } from './output-tail.ts';
import type { Conversation } from './worker-conversation.ts';
import type { EndEvent, StartEvent, ValueEvent } from './worker-protocol.ts';

/**
 * Turns what a worker said into columns of values, or says why it cannot be believed. Every value must be verified, of
 * the cell that was asked for, and like the first: same units, same ideal, same metrics.
 */
export function measuredSample(request: RunRequest, conversation: Conversation): MeasuredSample | Fault {
  const { start, end, values } = conversation;
  const first = values[0];
  if (start === null || end === null || first === undefined) return protocolFault('It ended without a single value.');
  const fault = startFault(request, start) ?? countFault(request, values) ?? firstOf(values, (value) => valueFault(request, first, value));
  if (fault !== null) return fault;
  return {
    status: 'measured',
    cell: request.cell,
    round: request.round,
    values: columns(first, values),
    calibration: values.map(({ calibration }) => calibration),
    units: first.units,
    ideal: first.ideal,
    phases: phasesOf(conversation, end),
  };
}

function phasesOf({ startedAt, endedAt }: Conversation, end: EndEvent): MeasuredSample['phases'] {
  return { total: endedAt, startup: startedAt, peers: end.seconds.peers, measured: end.seconds.values };
}

function columns(first: ValueEvent, values: readonly ValueEvent[]): MeasuredSample['values'] {
  // Copied to its size: flatMap leaves room for sixteen more, and every column of thousands of processes is kept.
  const column = (id: string): readonly number[] => values.flatMap(({ metrics }) => metrics.get(id) ?? []).slice();
  return Object.fromEntries([...first.metrics.keys()].map((id) => [id, column(id)]));
}

const protocolFault = (message: string): Fault => ({ kind: 'protocol', message });
const fallbackFault = (message: string): Fault => ({ kind: 'fallback', message });

function firstOf<T>(items: readonly T[], check: (item: T) => Fault | null): Fault | null {
  for (const item of items) {
    const fault = check(item);
    if (fault !== null) return fault;
  }
  return null;
}

function startFault({ cell, runtime: { runtime } }: RunRequest, start: StartEvent): Fault | null {
  if (start.workload !== cell.workload || start.model !== cell.model) {
    return protocolFault(`Asked for ${cell.workload}/${cell.model}, it ran ${harmlessPhrase(`${start.workload}/${start.model}`, 80)}.`);
  }
  if (start.python === runtime.python && start.free_threaded === runtime.freeThreaded) return null;
  const ran = `${harmlessPhrase(start.python, 40)}${start.free_threaded ? ' free-threaded' : ''}`;
  return fallbackFault(`Asked for Python ${runtime.python}${runtime.freeThreaded ? ' free-threaded' : ''}, it ran on ${ran}.`);
}

function countFault(request: RunRequest, values: readonly ValueEvent[]): Fault | null {
  if (values.length === request.values) return null;
  return protocolFault(`It ended after ${values.length} of ${request.values} values.`);
}

function valueFault(request: RunRequest, first: ValueEvent, value: ValueEvent): Fault | null {
  const which = `Value ${value.index}`;
  if (!value.verified) return { kind: 'wrong result', message: `${which} was not verified.` };
  if (value.units !== first.units) return protocolFault(`${which} has ${value.units} units, value 0 has ${first.units}.`);
  if (value.ideal !== first.ideal) return protocolFault(`${which} has the ideal ${value.ideal}, value 0 has ${first.ideal}.`);
  return metricFault(first, value) ?? loopFault(request, value);
}

function metricFault(first: ValueEvent, value: ValueEvent): Fault | null {
  const missing = [...first.metrics.keys()].find((id) => !value.metrics.has(id));
  if (missing !== undefined) return protocolFault(`Value ${value.index} lacks the metric ${harmlessPhrase(missing)}, which value 0 has.`);
  const added = [...value.metrics.keys()].find((id) => !first.metrics.has(id));
  if (added !== undefined) return protocolFault(`Value ${value.index} has the metric ${harmlessPhrase(added)}, which value 0 lacks.`);
  return first.metrics.size === 0 ? protocolFault('Its values hold no metric.') : null;
}

/** An uvloop cell that ran on another loop, or an asyncio cell on uvloop, is a figure under a wrong name. */
function loopFault({ cell }: RunRequest, { index, loop }: ValueEvent): Fault | null {
  if (cell.model !== 'uvloop' && cell.model !== 'asyncio') return null;
  const onUvloop = loop?.startsWith('uvloop.') ?? false;
  if (onUvloop === (cell.model === 'uvloop')) return null;
  return fallbackFault(`Value ${index} of an ${cell.model} cell ran on the loop ${harmlessPhrase(loop ?? 'none', 80)}.`);
}
