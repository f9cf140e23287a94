import { parse } from 'yaml';

/** Most characters of YAML that are parsed: far more than options need, and few enough that no nesting takes minutes. */
export const longestYaml = 64 * 1024;

/**
 * Parses YAML that is not trusted.
 *
 * @throws YAMLParseError for what is not YAML, or holds an alias; Error for a text that is too long
 */
export function parseYaml(text: string): unknown {
  if (text.length > longestYaml) throw new Error(`it has ${text.length} characters, and at most ${longestYaml} are read`);
  // No aliases: a few bytes of them can expand to gigabytes.
  return parse(text, { maxAliasCount: 0 });
}
