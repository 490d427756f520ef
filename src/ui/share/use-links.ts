/** Creates the links to a result one after another, away from the page's thread. */
import { useEffect, useState } from 'react';
import { errorText } from '../../core/error-text.ts';
import { makeLinks } from '../../state/page/make-links.ts';
import type { LinkSize, ResultLink } from '../../state/page/result-address.ts';
import type { StudyResult } from '../../study/result/result.ts';

/** The link shown first is made first. */
const ORDER: readonly LinkSize[] = ['chat', 'whole', 'qr'];

export interface Links {
  readonly made: Readonly<Partial<Record<LinkSize, ResultLink>>>;
  /** Why no link could be made. */
  readonly problem: string | null;
}

export function useLinks(result: StudyResult): Links {
  const [links, setLinks] = useState<Links>({ made: {}, problem: null });
  useEffect(() => {
    const closed = new AbortController();
    const request = { result, page: document.baseURI, sizes: ORDER };
    const receive = (size: LinkSize, link: ResultLink): void =>
      setLinks(({ made }) => ({ made: { ...made, [size]: link }, problem: null }));
    makeLinks(request, receive, closed.signal).catch((error: unknown) => {
      if (!closed.signal.aborted) setLinks((links) => ({ ...links, problem: errorText(error) }));
    });
    return () => closed.abort();
  }, [result]);
  return links;
}
