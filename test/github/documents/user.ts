import { createHash } from 'node:crypto';
import type { Call } from '../call.ts';
import { actionsBot } from '../tokens.ts';
import { apiRoot, nodeId } from '../wire-format.ts';

const links = ['followers', 'following', 'gists', 'starred', 'subscriptions', 'organizations', 'repos', 'events', 'received_events'];

/** An account as it stands in other documents. Every login is an account. */
export function userDocument({ url }: Call, login: string) {
  const address = `${apiRoot(url)}/users/${encodeURIComponent(login)}`;
  return {
    ...{ login, id: userId(login), node_id: nodeId('User', login), gravatar_id: '', url: address },
    avatar_url: `https://avatars.githubusercontent.com/u/${userId(login)}`,
    html_url: `https://github.com/${login}`,
    ...Object.fromEntries(links.map((name) => [`${name}_url`, `${address}/${name}`])),
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false,
  };
}

/** An account as it sees itself. */
export function ownUserDocument(call: Call, login: string) {
  const nothing = { company: null, blog: null, location: null, email: null, hireable: null, bio: null };
  const since = { created_at: '2020-01-01T00:00:00Z', updated_at: '2020-01-01T00:00:00Z' };
  return { ...userDocument(call, login), name: login, ...nothing, public_repos: 1, public_gists: 0, followers: 0, following: 0, ...since };
}

/** The app that a bot belongs to; null for a person. */
export function appDocument(call: Call, login: string) {
  if (!login.endsWith('[bot]')) return null;
  const slug = login.replace('[bot]', '');
  return {
    ...{ id: appId(login), slug, name: slug, node_id: nodeId('App', slug), description: null, events: [] },
    owner: userDocument(call, 'github'),
    ...{ external_url: 'https://help.github.com/en/actions', html_url: `https://github.com/apps/${slug}` },
    ...{ created_at: '2018-07-30T09:30:17Z', updated_at: '2018-07-30T09:30:17Z' },
    permissions: { metadata: 'read' },
  };
}

/** Number of the app that a bot belongs to. */
export function appId(login: string): number {
  return login === actionsBot ? 15_368 : userId(login);
}

/** The number GitHub knows the actions bot by; any other login has one of its own. */
function userId(login: string): number {
  return login === actionsBot ? 41_898_282 : createHash('sha1').update(login).digest().readUInt32BE();
}
