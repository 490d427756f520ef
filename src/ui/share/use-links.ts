/** Creates the links to a result one after another, keeping the page responsive. */
import { useEffect, useState } from 'react';
import { errorText } from '../../core/error-text.ts';
import { makeLink, type LinkSize, type ResultLink } from '../../state/page/result-address.ts';
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
    let current = true;
    const make = async (): Promise<void> => {
      for (const size of ORDER) {
        const link = await makeLink(result, document.baseURI, size);
        if (!current) return;
        setLinks(({ made }) => ({ made: { ...made, [size]: link }, problem: null }));
      }
    };
    make().catch((error: unknown) => {
      if (current) setLinks((links) => ({ ...links, problem: errorText(error) }));
    });
    return () => {
      current = false;
    };
  }, [result]);
  return links;
}
