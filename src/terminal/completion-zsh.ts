import type { CommandEntry } from './command-entry.ts';
import { completedFlags, firstWords, secondWords, singleQuoted } from './completed-words.ts';
import type { Completion, Flag } from './flag.ts';

/** A script for zsh 5 and later, for a file in a folder of $fpath. */
export function zshScript(commands: readonly CommandEntry[]): string {
  return `#compdef concurrency-regressions
# Completion of concurrency-regressions for zsh.
_concurrency-regressions() {
  local command=$words[2]
  local -a described
  if (( CURRENT == 2 )); then
    described=(${[...firstWords(commands)].map(described).join(' ')})
    _describe -t commands command described
    return
  fi
${[...secondWords(commands)].map(secondWordsOf).join('')}  shift words
  (( CURRENT -= 1 ))
  case $command in
${commands.map(commandCase).join('')}  esac
}
_concurrency-regressions "$@"
`;
}

function described([word, summary]: readonly [string, string]): string {
  return singleQuoted(`${word}:${summary.replaceAll(':', '\\:')}`);
}

function secondWordsOf([word, entries]: readonly [string, readonly CommandEntry[]]): string {
  const words = entries.map(({ name, summary }) => described([name.slice(word.length + 1), summary]));
  return `  if [[ $command == ${word} ]]; then
    if (( CURRENT == 3 )); then
      described=(${words.join(' ')})
      _describe -t commands command described
      return
    fi
    command="${word} $words[3]"
    shift words
    (( CURRENT -= 1 ))
  fi
`;
}

function commandCase(command: CommandEntry): string {
  const operands = command.completes === null ? [] : [singleQuoted(`*:operand:${actionOf(command.completes, false)}`)];
  const specs = [...completedFlags(command).map(flagSpec), ...operands];
  return `    ${singleQuoted(command.name)}) _arguments ${specs.join(' ')} ;;\n`;
}

function flagSpec({ name, value, words, completes }: Flag): string {
  const explained = words.replaceAll(/[[\]]/g, '\\$&').replaceAll(':', '\\:');
  if (value === null) return singleQuoted(`--${name}[${explained}]`);
  return singleQuoted(`--${name}=[${explained}]:${value}:${actionOf(completes, value === 'LIST')}`);
}

function actionOf(completes: Completion, isList: boolean): string {
  if (completes === null) return ' ';
  if (completes === 'file') return '_files';
  if (completes === 'folder') return '_files -/';
  return isList ? ` _values -s , word ${completes.join(' ')}` : `(${completes.join(' ')})`;
}
