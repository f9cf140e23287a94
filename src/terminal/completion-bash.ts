import type { CommandEntry } from './command-entry.ts';
import { completedFlags, firstWords, secondWords, singleQuoted } from './completed-words.ts';
import type { Completion, Flag } from './flag.ts';

/** A script for bash 3.2 and later. */
export function bashScript(commands: readonly CommandEntry[]): string {
  const flags = new Map(commands.flatMap(completedFlags).map((flag) => [flag.name, flag]));
  return `# Completion of concurrency-regressions for bash.
_concurrency_regressions() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]-}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${singleQuoted([...firstWords(commands).keys()].join(' '))} -- "$current"))
    return
  fi
${[...secondWords(commands)].map(secondWordsOf).join('')}  # A flag and its value may be one word that bash takes apart at the equals sign.
  if [ "$current" = '=' ]; then current=; fi
  if [ "$previous" = '=' ]; then previous=\${COMP_WORDS[COMP_CWORD-2]}; fi
  case $previous in
${[...flags.values()]
  .filter(({ value }) => value !== null)
  .map(valueCase)
  .join('')}  esac
  case $command in
${commands.map(commandCase).join('')}  esac
}
_concurrency_regressions_list() {
  # Of a list with commas the last item is completed.
  local current=$1 before=
  case $current in *,*) before=\${current%,*}, ;; esac
  COMPREPLY=($(compgen -P "$before" -W "$2" -- "\${current##*,}"))
}
_concurrency_regressions_paths() {
  # A name may hold blanks, and characters that bash takes for a pattern.
  local each
  compopt -o filenames 2>/dev/null
  COMPREPLY=()
  while IFS= read -r each; do COMPREPLY+=("$each"); done < <(compgen "$1" -- "$2")
}
complete -o bashdefault -F _concurrency_regressions concurrency-regressions
`;
}

function secondWordsOf([word, entries]: readonly [string, readonly CommandEntry[]]): string {
  const words = entries.map(({ name }) => name.slice(word.length + 1)).join(' ');
  return `  if [ "$command" = ${word} ]; then
    if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W ${singleQuoted(words)} -- "$current"))
      return
    fi
    command="${word} \${COMP_WORDS[2]}"
  fi
`;
}

function valueCase({ name, value, completes }: Flag): string {
  const isList = value === 'LIST' && Array.isArray(completes);
  const act = isList ? `_concurrency_regressions_list "$current" ${singleQuoted(completes.join(' '))}` : replyOf(completes);
  return `    --${name}) ${act}; return ;;\n`;
}

function replyOf(completes: Completion): string {
  if (completes === null) return ':';
  if (completes === 'file' || completes === 'folder')
    return `_concurrency_regressions_paths -${completes === 'file' ? 'f' : 'd'} "$current"`;
  return `COMPREPLY=($(compgen -W ${singleQuoted(completes.join(' '))} -- "$current"))`;
}

function commandCase(command: CommandEntry): string {
  const flags = completedFlags(command).map(({ name }) => `--${name}`);
  const operands = command.completes === null ? '' : `case $current in -*) ;; *) ${replyOf(command.completes)}; return ;; esac; `;
  return `    ${singleQuoted(command.name)}) ${operands}COMPREPLY=($(compgen -W ${singleQuoted(flags.join(' '))} -- "$current")) ;;\n`;
}
