/** What a workload writes so that the runner may take it for a command. */
export interface CommandCase {
  readonly name: string;
  /** In order: text to a stream, or the words of the exception that ends it. Bytes above 0x7f come as UTF-8 unless `raw`. */
  readonly pieces: readonly (readonly ['stdout' | 'stderr' | 'exception', string])[];
  /** Whether each character is one byte. */
  readonly raw?: boolean;
}

/** One text to stdout. */
const printed = (name: string, text: string): CommandCase => ({ name, pieces: [['stdout', text]] });

/** Everything that is tried of the log. */
export const commandCases: readonly CommandCase[] = [
  printed('an error', '::error file=a.py,line=1::injected\n'),
  printed('an output', '::set-output name=conclusion::success\n'),
  printed('a variable', '::set-env name=NODE_OPTIONS::--require /tmp/x\n'),
  printed('a folder for PATH', '::add-path::/tmp\n'),
  printed('a mask', '::add-mask::a\n'),
  printed('the end of commands', '::stop-commands::token\n'),
  printed('a group', '::group::x\n::endgroup::\n'),
  printed('a matcher', '::add-matcher::/tmp/matcher.json\n'),
  printed('an old command', '##[error]injected\n'),
  printed('an old command within a line', 'text ##[set-output name=conclusion;]success\n'),
  printed('blanks before a command', ' \t  ::warning::injected\n'),
  printed('an escaped newline', '%0A::error::injected%0D%0A##[error]injected\n'),
  printed('no newline at the end', '::debug::injected'),
  printed('a carriage return before it', 'progress 10 %\r::warning::injected\r\n'),
  printed('a vertical tab and a form feed before it', 'a\x0b::warning::x\na\x0c::warning::y\n'),
  printed('a next line character before it', 'a\u0085::warning::injected\n'),
  printed('line and paragraph separators before it', 'a\u2028::warning::x\u2029::warning::y\n'),
  printed('a byte order mark before it', '\ufeff::warning::injected\n'),
  printed('no-break and ideographic spaces before it', '\u00a0\u3000::warning::injected\n'),
  printed('escapes of a terminal before it', '\x1b[2J\x1b]0;title\x07\n::warning::injected\n'),
  { name: 'bytes that are no UTF-8 around it', pieces: [['stdout', '\xff\xfe\n::error::\xc3(injected\n\x80##[error]x']], raw: true },
  {
    name: 'a command in pieces',
    pieces: [
      ['stdout', ':'],
      ['stdout', ':err'],
      ['stdout', 'or::injected\n#'],
      ['stdout', '#[err'],
      ['stdout', 'or]x\n'],
    ],
  },
  {
    name: 'a command over both streams',
    pieces: [
      ['stdout', '##'],
      ['stderr', '[error]injected\n:'],
      ['stdout', ':error::injected\n'],
    ],
  },
  { name: 'an exception', pieces: [['exception', '\n::error::injected\r::warning::x ##[error]y']] },
];

/** The pieces as workloads/misbehaves.py takes them. */
export function piecesText({ pieces, raw = false }: CommandCase): string {
  const marks = { stdout: 'o', stderr: 'e', exception: 'x' };
  return pieces.map(([to, text]) => marks[to] + Buffer.from(text, raw ? 'latin1' : 'utf8').toString('hex')).join(' ');
}

/**
 * What a runner would take for a command in a log (actions/runner, ActionCommand.cs): `::` at the start of a line, blanks
 * left aside, and `##[` anywhere. Lines end as .NET ends them, and where a terminal or a browser does.
 */
export function commandsIn(log: string): readonly string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they end lines
  const lines = log.split(/[\r\n\x0b\x0c\u0085\u2028\u2029]/);
  return lines.filter((line) => line.trimStart().startsWith('::') || line.includes('##['));
}
