/** What a fragment of the page's address can ask for: a filter, and one cell. */
const names = ['workload', 'model', 'runtime', 'verdict', 'cell'] as const;

export type AddressName = (typeof names)[number];

/** What the address asks for; a text for each name, empty for nothing. */
export type Address = Readonly<Record<AddressName, string>>;

/** Asks for nothing. */
export const plainAddress: Address = { workload: '', model: '', runtime: '', verdict: '', cell: '' };

/** Reads a fragment such as "#verdict=regression&model=threads"; null for one that names a place of the page. */
export function readAddress(fragment: string): Address | null {
  if (!fragment.includes('=')) return null;
  const given = new URLSearchParams(fragment.slice(1));
  const read = (name: AddressName) => given.get(name) ?? '';
  return { workload: read('workload'), model: read('model'), runtime: read('runtime'), verdict: read('verdict'), cell: read('cell') };
}

/** Makes the address bar say what is shown, so that it can be passed on; the way back is not filled with every choice. */
export function writeAddress(address: Address): void {
  const parts = names.flatMap((name) => (address[name] === '' ? [] : [`${name}=${encodeURIComponent(address[name].toWellFormed())}`]));
  history.replaceState(null, '', parts.length === 0 ? '#cells' : `#${parts.join('&')}`);
}
