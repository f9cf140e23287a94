import { execa } from 'execa';

/** The commit that is checked out in `folder`, 40 hex digits, or null outside a git checkout or without git. */
export async function headCommit(folder: string): Promise<string | null> {
  const { stdout, failed } = await execa('git', ['-C', folder, 'rev-parse', '--verify', 'HEAD'], {
    reject: false,
    timeout: 10_000,
    stdin: 'ignore',
  });
  const commit = stdout.trim();
  return !failed && /^[0-9a-f]{40}$/.test(commit) ? commit : null;
}
