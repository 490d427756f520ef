import { use, useMemo, useState } from 'react';
import { withEarlier } from './earlier.ts';
import type { BuildFigure } from './figure.ts';
import { EarlierContext } from './figure-contexts.ts';

/** Any width: whether curves fit does not depend on it. */
const SOME_WIDTH = 600;

/** What a chart draws: its own figure and, while a study runs, the curves that it drew before under it. Returns `build` itself where there are none. */
export function useWithEarlier(build: BuildFigure | null): BuildFigure | null {
  const isUnder = use(EarlierContext) === 'under';
  const [earlier, setEarlier] = useState(() => build);
  if (!isUnder && earlier !== build) setEarlier(() => build);
  return useMemo(() => {
    if (!isUnder || !build || !earlier || earlier === build) return build;
    const own = build(SOME_WIDTH);
    if (withEarlier(own, earlier(SOME_WIDTH)) === own) return build;
    return (width) => withEarlier(build(width), earlier(width));
  }, [isUnder, build, earlier]);
}
