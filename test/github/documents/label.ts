import type { Call } from '../call.ts';
import { apiAddress, nodeId } from '../wire-format.ts';

/** A label of the repository. Every name is one. */
export function labelDocument(call: Call, name: string) {
  const id = Number.parseInt(Buffer.from(name).toString('hex').slice(0, 8), 16);
  const url = apiAddress(call, 'labels', encodeURIComponent(name));
  return { id, node_id: nodeId('Label', name), url, name, description: '', color: 'ededed', default: false };
}
