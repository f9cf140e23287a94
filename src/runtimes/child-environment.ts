type Variables = Readonly<Record<string, string | undefined>>;

/** What any interpreter needs to start and to print in the user's language, and nothing else. */
const BASIC = ['HOME', 'PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TMPDIR', 'TZ'];

/** How pip and uv reach a configured index: settings, proxies, certificates, caches, and where uv keeps its interpreters. */
const INDEX_NAMES = new Set(
  [
    'HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY http_proxy https_proxy all_proxy no_proxy',
    'SSL_CERT_FILE SSL_CERT_DIR REQUESTS_CA_BUNDLE CURL_CA_BUNDLE',
    'XDG_CACHE_HOME XDG_CONFIG_HOME XDG_CONFIG_DIRS XDG_DATA_HOME NETRC',
  ].flatMap((names) => names.split(' ')),
);
const INDEX_PREFIXES = ['PIP_', 'UV_'];

/** Settings of pip and uv that would install somewhere else than into the environment, or that only publishing needs. */
const REDIRECTING = [
  /^PIP_(TARGET|PREFIX|ROOT|USER|PYTHON|REQUIREMENT|EDITABLE|SRC|DRY_RUN|REPORT|LOG)$/,
  /^UV_(PYTHON|PYTHON_PREFERENCE|MANAGED_PYTHON|NO_MANAGED_PYTHON|SYSTEM_PYTHON|BREAK_SYSTEM_PACKAGES)$/,
  /^UV_(PUBLISH|PROJECT|VENV|WORKING_DIR|ENV_FILE)/,
];

/** Without a network both tools would try for ten seconds and more, for each package; a user's own setting wins. */
const DEFAULTS = { PIP_RETRIES: '2', UV_HTTP_RETRIES: '2' };

/** The environment an interpreter is probed in: an allow-list, so that no token of the caller's reaches it. */
export function probeEnvironment(env: Variables, extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...keep(env, (name) => BASIC.includes(name)), ...extra };
}

/** The environment pip and uv run in: what a probe gets, and what they need to reach the index the user configured. */
export function installEnvironment(env: Variables, extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...DEFAULTS, ...keep(env, (name) => BASIC.includes(name) || isIndexSetting(name)), ...extra };
}

function isIndexSetting(name: string): boolean {
  if (REDIRECTING.some((pattern) => pattern.test(name))) return false;
  return INDEX_NAMES.has(name) || INDEX_PREFIXES.some((prefix) => name.startsWith(prefix));
}

function keep(env: Variables, wanted: (name: string) => boolean): Record<string, string> {
  const kept = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && wanted(entry[0]));
  return Object.fromEntries(kept);
}
