import type { LandscapeResult } from '../../../study/analyses/landscape/result.ts';

/** The key under which catalogues name a kind of path. The product path does not depend on an alignment. */
export const pathWord = ({ path, alignment }: Pick<LandscapeResult, 'path' | 'alignment'>) =>
  path === 'factor' && alignment ? (`factor ${alignment}` as const) : path;
