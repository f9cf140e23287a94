import type { Call } from '../call.ts';
import { apiRoot, nodeId } from '../wire-format.ts';
import { userDocument } from './user.ts';

const links = [
  ...['archive', 'assignees', 'blobs', 'branches', 'collaborators', 'comments', 'commits', 'compare', 'contents', 'contributors'],
  ...['deployments', 'downloads', 'events', 'forks', 'git_commits', 'git_refs', 'git_tags', 'issue_comment', 'issue_events', 'issues'],
  ...['keys', 'labels', 'languages', 'merges', 'milestones', 'notifications', 'pulls', 'releases', 'stargazers', 'statuses'],
  ...['subscribers', 'subscription', 'tags', 'teams', 'trees', 'hooks'],
];

const counts = {
  ...{ forks: 0, forks_count: 0, stargazers_count: 0, watchers: 0, watchers_count: 0, size: 1, open_issues: 0, open_issues_count: 0 },
  ...{ network_count: 0, subscribers_count: 0 },
};

const features = {
  ...{ has_issues: true, has_projects: true, has_wiki: true, has_pages: false, has_downloads: true, has_discussions: false },
  ...{ archived: false, disabled: false, license: null, description: null, homepage: null, language: null, mirror_url: null },
};

/** The repository, or the fork of it that another account has. */
export function repositoryDocument(call: Call, owner: string = call.repository.owner) {
  const { name, isPublic, defaultBranch } = call.repository;
  const fullName = `${owner}/${name}`;
  const url = `${apiRoot(call.url)}/repos/${fullName}`;
  const site = `https://github.com/${fullName}`;
  return {
    ...{ id: repositoryId(call, owner), node_id: nodeId('Repository', fullName), name, full_name: fullName },
    owner: userDocument(call, owner),
    ...{ private: !isPublic, visibility: isPublic ? 'public' : 'private', fork: owner !== call.repository.owner },
    ...{ url, html_url: site, clone_url: `${site}.git`, svn_url: site },
    ...{ git_url: `git://github.com/${fullName}.git`, ssh_url: `git@github.com:${fullName}.git` },
    ...Object.fromEntries(links.map((link) => [`${link}_url`, `${url}/${link}`])),
    ...{ ...counts, ...features, default_branch: defaultBranch },
    ...{ created_at: '2020-01-01T00:00:00Z', updated_at: '2020-01-01T00:00:00Z', pushed_at: '2020-01-01T00:00:00Z' },
  };
}

/** The repository where only its name is told. */
export function repositoryLink(call: Call, owner: string) {
  const { name } = call.repository;
  return { id: repositoryId(call, owner), name, url: `${apiRoot(call.url)}/repos/${owner}/${name}` };
}

/** Number of the repository or of a fork of it. */
export function repositoryId({ repository }: Call, owner: string): number {
  return owner === repository.owner ? 1 : 2;
}
