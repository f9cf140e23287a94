import { describe, expect, it } from 'vitest';
import { releaseNotes } from '../../scripts/release-notes.ts';

const changelog = `# Changelog

## Unreleased

## 1.2.0 - 2026-12-01

### Added
- A thing.

## [1.1.0] - 2026-11-01

## 1.0.0

- The first.
`;

describe('the notes of a release', () => {
  it('are what the changelog says of its version', () => {
    expect(releaseNotes(changelog, 'v1.2.0', '1.2.0')).toBe('### Added\n- A thing.\n');
  });

  it.each([
    ['a tag of another version', 'v1.3.0', '1.2.0', /set the version before the tag/],
    ['a tag without its letter', '1.2.0', '1.2.0', /set the version before the tag/],
    ['a version without a heading', 'v1.3.0', '1.3.0', /no heading "## 1\.3\.0 - YYYY-MM-DD"/],
    ['a heading without a date', 'v1.0.0', '1.0.0', /no heading/],
    ['nothing below the heading', 'v1.1.0', '1.1.0', /says nothing of 1\.1\.0/],
  ])('are refused for %s', (_, tag, version, message) => {
    expect(() => releaseNotes(changelog, tag, version)).toThrow(message);
  });
});
