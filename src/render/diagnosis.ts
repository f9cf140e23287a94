import type { CellNoise } from '../judge/noise.ts';
import { modelLabel } from '../model/concurrency-model.ts';
import type { Machine } from '../model/machine.ts';
import type { Runtime } from '../model/runtime.ts';
import { type Block, code, type Document, heading, type Line, paragraph, table, text } from './document.ts';
import { figureText, percentText } from './number.ts';
import { type TerminalLayout, terminalOf } from './terminal.ts';

/** What was found out about this machine. */
export interface Diagnosis {
  /** Every interpreter at hand, in order of preference. */
  readonly interpreters: readonly { readonly label: string; readonly source: string; readonly path: string }[];
  /** What looked like an interpreter and is none, one sentence each. */
  readonly refused: readonly string[];
  readonly machine: Machine;
  /** The runtimes the noise was measured on. */
  readonly runtimes: readonly Runtime[];
  readonly noise: readonly CellNoise[];
}

/** The diagnosis as text for a terminal. */
export function renderDiagnosis(diagnosis: Diagnosis, layout: TerminalLayout): string {
  return terminalOf(diagnosisDocument(diagnosis), layout);
}

/** Interpreters, machine, noise, and what the noise lets a comparison see. */
export function diagnosisDocument({ interpreters, refused, machine, runtimes, noise }: Diagnosis): Document {
  return [
    heading(1, 'This machine'),
    paragraph(text(machineWords(machine))),
    heading(2, 'Interpreters at hand'),
    table(
      ['Python', 'Found by', 'Path'],
      interpreters.map(({ label, source, path }): readonly Line[] => [[text(label)], [text(source)], [code(path)]]),
    ),
    ...refused.map((sentence) => paragraph(text(`Not usable: ${sentence}.`))),
    heading(2, 'Noise'),
    ...noiseBlocks(noise, runtimes),
  ];
}

function machineWords({ runnerClass, os, kernel, arch, cpuModel, cpus, memoryBytes, peerPython }: Machine): string {
  const memory = figureText(memoryBytes, 'B');
  return `${runnerClass}, ${os}, kernel ${kernel}, ${arch}, ${cpus} × ${cpuModel}, ${memory}. Peers run on Python ${peerPython}.`;
}

function noiseBlocks(noise: readonly CellNoise[], runtimes: readonly Runtime[]): readonly Block[] {
  if (noise.length === 0)
    return [paragraph(text('Not measured: no cell gave three values. Raise the time budget, and see that the workloads run here.'))];
  const on = runtimes.map(({ python }) => python).join(', ');
  const rows = noise.map(({ workload, model, metric, processes, deviation, smallestEffect, center }): readonly Line[] => [
    [code(workload), text(` ${modelLabel(model)}`)],
    [text(`${metric.label} ${figureText(center, metric.unit)}`)],
    [text(percentText(1 + deviation).replace('+', '± '))],
    [text(percentText(1 + smallestEffect))],
    [text(String(processes))],
  ]);
  return [
    table(['Cell', 'Figure', 'Process to process', 'Smallest slowdown seen', 'Processes'], rows),
    paragraph(
      text(
        `Measured on Python ${on}. The smallest slowdown is what as many processes before and after would show nine times of ten at 95 % confidence, if nothing but this noise differed.`,
      ),
    ),
  ];
}
