import { seededRandom } from '../stats/random.ts';

/**
 * What the artifact of a shard's results is called: "results-concurrency-1". A name that is not made of small letters,
 * digits and single hyphens alone gets six hexadecimal digits of its own, so that no two names share artifacts:
 * "results-nightly-run-05c1f2-1". Holds nothing that an artifact or a shell takes amiss.
 *
 * @param name what the results are called
 * @param index of the shard
 */
export function artifactName(name: string, index: number): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return ['results', slug, slug === name ? '' : digestOf(name), `${index}`].filter((part) => part !== '').join('-');
}

function digestOf(name: string): string {
  const digits = Math.floor(seededRandom(name)() * 16 ** 6);
  return digits.toString(16).padStart(6, '0');
}
