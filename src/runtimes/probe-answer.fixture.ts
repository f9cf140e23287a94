/** What an interpreter prints when it is probed. */
export const probeAnswer = {
  version: '3.13.0',
  implementation: 'cpython',
  free_threaded: false,
  config_args: '',
  compiler: 'GCC 12.2.0',
  sys_version: '3.13.0 (main, Oct  7 2024, 12:00:00) [GCC 12.2.0]',
  standalone: false,
  managed_by_uv: false,
  debian_scheme: false,
  tool_cache_mark: false,
  executable: '/p/bin/python',
  base_prefix: '/p',
  venv: true,
  ensurepip: false,
};
