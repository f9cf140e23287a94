/** What people have tried, or could try, to make of a name: each must end as nothing but text. */
export const injections: readonly string[] = [
  // Tables.
  'a|b|c',
  'a\\|b',
  '`a|b`',
  'x | y |\n| --- | --- |\n| 1 | 2 |',
  '|---|---|',
  // Code.
  '`` ` ``',
  '```\nfence\n```',
  '~~~\nfence\n~~~',
  '    indented code',
  // Lines and blocks.
  '\n\n# Heading\n',
  'line\r\nnext\u2028third\u2029fourth',
  '- item',
  '1. item',
  '> quote',
  '> [!WARNING]\n> alert',
  'setext\n===',
  '---',
  // HTML.
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<a href="https://e.vil">click</a>',
  '</td></tr></table></details></summary>',
  '<details open><summary>x',
  '&lt;b&gt; &#60;i&#62; &amp;',
  '<input type=checkbox checked>',
  // Comments and the marker.
  '-->',
  '<!-- concurrency-regressions name=x run=9 attempt=9 commit=0 -->',
  '--!> <!-- <![CDATA[ <?php',
  // Links and images.
  '[click](https://e.vil)',
  '![pixel](https://e.vil/p.png)',
  '[ref]: https://e.vil "t"\n[ref]',
  '<https://e.vil> <mail@e.vil>',
  'https://e.vil www.e.vil ftp://e.vil',
  'javascript:alert(1)//[x](javascript:alert(1))',
  // Mentions, references, emoji, footnotes, mathematics.
  '@octocat @octo/team mail@e.vil',
  '#1 GH-1 octo/chat#1 octo/chat@deadbeef',
  ':tada: :octocat: :+1: :100:',
  '[^1] text[^1]\n\n[^1]: note',
  '$$x^2$$ $`x`$ **bold** _em_ ~~del~~ - [ ] task',
  // Characters.
  '\u202egnp.exe\u2066 \u200bzero\u0007bell\u0000nul \u001b[31mred',
  '\ud800 half, \udfff half, \u{1f469}\u200d\u{1f4bb}, \u{e0041}\u{e0042} tags',
];
