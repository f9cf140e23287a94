/** Text that tries to leave its place: columns, code, lines, HTML, mentions, links, commands, directions. */
export const hostile =
  'a|b `c` ``d`` <img src=x onerror=alert(1)> @octocat #12 GH-3 [x](http://e.vil) **b** _i_ \\| -->\n::error::owned\r\n##[warning]x \u202eabc\u0007 www.e.vil';
