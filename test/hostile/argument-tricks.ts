/** The file that appears where a trick reached a shell, or an option was taken for another one. */
export const trace = 'pwned';

/** Names of folders that a shell, an option reader or a path would take for something else; a workload lies in each. */
export const folderNames: readonly string[] = [
  '--help',
  '-c',
  '--fd=1',
  `$(touch ${trace})`,
  `\`touch ${trace}\``,
  `;touch ${trace};`,
  `|tee ${trace}`,
  `&touch ${trace}&`,
  `>${trace}`,
  `'"$(touch ${trace})"'`,
  `a\n$(touch ${trace})`,
  'a b\tc',
  '*',
  '~',
  '%s%n%0A',
  '\u202egpj',
  `${'long'.repeat(60)}`,
  '__proto__',
];

/** Words for the terminal, each of which must end in a sentence that names the option, or the word itself. */
export const words: readonly (readonly string[])[] = [
  ['plan', '--workloads', `./$(touch${trace}).py`],
  ['plan', '--workloads', `--help;touch\${IFS}${trace}`],
  ['plan', '--workloads', `./${'x'.repeat(4096)}.py`],
  ['plan', '--models', `threads;touch ${trace}`],
  ['plan', '--python-version', `$(touch ${trace})`],
  ['plan', '--python-version', '-c'],
  ['plan', '--python-version', `3.12;touch${trace}`],
  ['plan', '--uvloop-version', `0.22.1;touch ${trace}`],
  ['plan', '--uvloop-version', '--index-url=http://127.0.0.1:9'],
  ['plan', '--uvloop-version', 'file:///etc/passwd'],
  ['run', '--base-ref', `--upload-pack=touch\${IFS}${trace}`],
  ['run', '--base-ref', `--output=${trace}`],
  ['run', '--base-ref', `ext::sh -c "touch ${trace}"`],
  ['run', '--base-ref', 'main\n--all'],
  ['run', '--base-ref', 'a'.repeat(4096)],
  ['run', '--baseline-store', 'branch', '--baseline-branch', '../../heads/main'],
  ['run', '--working-directory', `$(touch ${trace})`],
  ['pairs', '--base', '--head', '--head', `$(touch ${trace})`],
  ['compare', '--alpha', `$(touch ${trace})`],
  ['compare', `$(touch ${trace}).json`, '/dev/stdin/none'],
  ['baseline', 'show', `$(touch ${trace})`, '--baseline-path', '-'],
  [`$(touch ${trace})`],
  ['--constructor'],
  ['run', '--__proto__', '1'],
  ['run', '--seed', `$((touch ${trace}))`],
  ['run', '--time-budget', '1e309s'],
];

/** Lines of a workload's dependencies that pip and uv would take for options, files or other indexes. */
export const dependencies: readonly string[] = [
  '--index-url=http://127.0.0.1:9/simple',
  '-r/etc/passwd',
  '-e.',
  './evil',
  '/tmp/evil-1.0.tar.gz',
  'https://e.vil/evil-1.0.tar.gz',
  `evil\n--extra-index-url=http://127.0.0.1:9`,
];
