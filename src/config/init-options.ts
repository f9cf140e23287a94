import { Document } from 'yaml';
import { type InitFile, yamlStyle } from './init-workflow.ts';
import { readOptions } from './options.ts';

/** What the config file is to say. */
export interface InitOptions {
  readonly workloads: readonly string[];
  /** Null for those at hand. */
  readonly pythons: readonly string[] | null;
  /** Shell command, or null for none. */
  readonly install: string | null;
}

interface Section {
  readonly comment: readonly string[];
  /** What stands below the comment, each in force or as a comment itself. */
  readonly lines: readonly { readonly key: string; readonly value: unknown; readonly inForce: boolean }[];
}

/** The config file with what was chosen, and with the defaults that are changed most often as comments. */
export function optionsFile(chosen: InitOptions): InitFile {
  const path = readOptions([]).config;
  const sections = sectionsOf(chosen).map(({ comment, lines }) =>
    [...comment.map((line) => `# ${line}\n`), ...lines.map(({ key, value, inForce }) => yamlOf(key, value, inForce ? '' : '# '))].join(''),
  );
  return { path, text: [heading, ...sections].join('\n') };
}

const heading = `# Options of the concurrency workflow. An input in the workflow wins over what stands here.
# What begins with # is not in force. Every option: concurrency-regressions --help
`;

function sectionsOf({ workloads, pythons, install }: InitOptions): readonly Section[] {
  const { target, margin, 'fail-on': failOn, 'warn-on': warnOn } = readOptions([]);
  return [
    {
      comment: [
        'What is measured: core and full are bundled and never run code of yours; files of yours are named by their',
        "path or a glob, such as './benchmarks/*.py'.",
      ],
      lines: [{ key: 'workloads', value: workloads, inForce: true }],
    },
    {
      comment: ['On which Pythons: versions, latest, or all at hand. Without it the two newest at hand.'],
      lines: [{ key: 'python-version', value: pythons ?? ['all'], inForce: pythons !== null }],
    },
    {
      comment: ['Command that is run in each tree and environment before measuring.'],
      lines: [{ key: 'install', value: install ?? defaultInstall, inForce: install !== null }],
    },
    {
      comment: ['The slowdown that must not be missed, and the smallest change that is flagged.'],
      lines: [
        { key: 'target', value: percent(target), inForce: false },
        { key: 'margin', value: percent(margin), inForce: false },
      ],
    },
    {
      comment: ['What fails the pull request, and what warns without failing it.'],
      lines: [
        { key: 'fail-on', value: failOn, inForce: false },
        { key: 'warn-on', value: warnOn, inForce: false },
      ],
    },
  ];
}

/** What installs a project that pip can install. */
export const defaultInstall = 'pip install .';

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))}%`;
}

function yamlOf(key: string, value: unknown, prefix: string): string {
  const document = new Document({});
  document.set(key, document.createNode(value, { flow: true }));
  return document.toString(yamlStyle).replaceAll(/^(?=.)/gm, prefix);
}
