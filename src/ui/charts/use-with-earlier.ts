import { use, useMemo, useState } from 'react';
import type { StudyResult } from '../../study/result/result.ts';
import { withEarlier } from './earlier.ts';
import type { BuildFigure } from './figure.ts';
import { EarlierContext } from './figure-contexts.ts';
import { SOME_WIDTH } from './figure-size.ts';

interface Drawn {
  readonly build: BuildFigure | null;
  /** The result that it was drawn of while a study ran; null before one did. */
  readonly of: StudyResult | null;
}

/** What a chart draws: its own figure and, while a study runs, the curves that it drew before under it. Returns `build` itself where there are none. */
export function useWithEarlier(build: BuildFigure | null): BuildFigure | null {
  const before = use(EarlierContext);
  const of = before?.result ?? null;
  const isUnder = before?.isUnder ?? false;
  // Nothing was drawn before by a figure that comes while a study runs.
  const [earlier, setEarlier] = useState<Drawn>({ build: isUnder ? null : build, of });
  // Where a study has something at once, what lies under it was drawn before it ran.
  if (isUnder ? earlier.of === null : earlier.build !== build || earlier.of !== of)
    setEarlier(isUnder ? { build: earlier.build, of } : { build, of });
  return useMemo(() => {
    // At another value of a sweep they are curves of other arms.
    if (!isUnder || !build || !earlier.build || earlier.build === build || earlier.of !== of) return build;
    const own = build(SOME_WIDTH);
    const under = earlier.build;
    if (withEarlier(own, under(SOME_WIDTH)) === own) return build;
    return (width) => withEarlier(build(width), under(width));
  }, [isUnder, of, build, earlier]);
}
