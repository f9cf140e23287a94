import { readConfigFile } from '../config/config-file.ts';
import { type GivenOptions, type Options, readOptions } from '../config/options.ts';

/** The options of a command at a terminal: the config file's, and the flags over them. */
export async function terminalOptions(flags: GivenOptions): Promise<Options> {
  const named = flags['config'];
  const path = typeof named === 'string' ? named : readOptions([]).config;
  const file = await readConfigFile(path, named !== undefined);
  return readOptions([
    { source: path, given: file },
    { source: 'flag', given: flags },
  ]);
}
