import { type Answer, found, ok } from '../answer.ts';
import { type Call, type Handlers, parameter } from '../call.ts';
import { repositoryDocument } from '../documents/repository.ts';
import { userDocument } from '../documents/user.ts';
import { itemAt, listTree, type TreeItem } from '../tree-edit.ts';
import { apiAddress, siteAddress, wrapped } from '../wire-format.ts';
import { inUse } from './git.ts';

/** Largest file that is sent in full without being asked for raw, bytes. */
const largestInJson = 1024 ** 2;

/** The repository itself, the files in it and who may do what. */
export const repositoryHandlers: Handlers = {
  'repos/get': (call) => ok(repositoryDocument(call)),
  'repos/get-content': inUse((call) => {
    const { objects, references, defaultBranch } = call.repository;
    const name = call.query['ref'] ?? defaultBranch;
    const commit = found(references.resolve(name), `No commit found for the ref ${name}`);
    const item = found(itemAt(objects, commit, parameter(call, 'path')));
    return item.type === 'tree' ? folder(call, item, commit) : file(call, item, commit);
  }),
  'repos/get-collaborator-permission-level': (call) => {
    const login = parameter(call, 'username');
    const role = call.repository.roles.get(login) ?? (call.repository.isPublic ? 'read' : 'none');
    return ok({ permission: legacyPermission(role), role_name: role, user: { ...userDocument(call, login), role_name: role } });
  },
};

/** The four permissions of old, which the two roles between them are shown as. */
function legacyPermission(role: string): string {
  if (role === 'maintain') return 'write';
  return role === 'triage' ? 'read' : role;
}

function folder(call: Call, item: TreeItem, commit: string) {
  const prefix = item.path === '' ? '' : `${item.path}/`;
  const entries = listTree(call.repository.objects, item.sha, false, prefix).map((entry) => contentDocument(call, entry, commit));
  return ok(call.accept.includes('object') ? { ...contentDocument(call, item, commit), entries } : entries);
}

function file(call: Call, item: TreeItem, commit: string): Answer {
  const content = call.repository.objects.blob(item.sha) ?? Buffer.alloc(0);
  const type = 'application/vnd.github.raw; charset=utf-8';
  if (call.accept.includes('raw')) return { status: 200, body: content, headers: { 'content-type': type } };
  const whole = content.length <= largestInJson;
  const text = { encoding: whole ? 'base64' : 'none', content: whole ? wrapped(content) : '' };
  return ok({ ...contentDocument(call, item, commit), ...text });
}

const kinds = { blob: 'file', tree: 'dir', commit: 'submodule' } as const;

function contentDocument(call: Call, { path, sha, type, size = 0 }: TreeItem, commit: string) {
  const self = `${apiAddress(call, 'contents', path)}?ref=${commit}`;
  const git = apiAddress(call, `git/${type}s`, sha);
  const html = siteAddress(call, type, commit, path);
  return {
    ...{ type: kinds[type], name: path.split('/').at(-1) ?? '', path, sha, size, url: self, git_url: git, html_url: html },
    ...{ download_url: type === 'blob' ? siteAddress(call, 'raw', commit, path) : null, _links: { self, git, html } },
  };
}
