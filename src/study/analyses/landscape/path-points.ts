/** The adapters along each kind of path between two runs. */
import { doubledLayout, factorPath, productPath } from '../../../copra/landscape.ts';
import type { AdapterLayout } from '../../../core/adapter-layout.ts';
import type { LandscapeResult } from './result.ts';

export type Path = LandscapeResult['path'];

export const PATHS: Record<
  Path,
  {
    /** Layout of the points, given that of both ends. */
    layout: (layout: AdapterLayout) => AdapterLayout;
    point: (layout: AdapterLayout, first: Float32Array, second: Float32Array, lambda: number) => Float32Array;
  }
> = {
  factor: { layout: (layout) => layout, point: (_layout, first, second, lambda) => factorPath(first, second, lambda) },
  product: { layout: doubledLayout, point: productPath },
};
