/** As much of an answer as tells whether it is the last. */
interface Page {
  readonly headers: { readonly link?: string | undefined };
}

/** The page number and size, as queries have them. */
interface PageQuery {
  readonly page: number;
  readonly per_page: number;
}

/**
 * Every page of a list, a hundred entries each. Octokit's own way loses the signal on the way, and could not be
 * interrupted.
 */
export async function* allPages<Answer extends Page>(ask: (query: PageQuery) => Promise<Answer>): AsyncGenerator<Answer> {
  for (let page = 1; ; page += 1) {
    const answer = await ask({ page, per_page: 100 });
    yield answer;
    if (!/\brel="?next\b/.test(answer.headers.link ?? '')) return;
  }
}
