/** Which figure of the paper is which view of which preset. */
import { full } from '../../src/study/presets/full.ts';
import { merge } from '../../src/study/presets/merge.ts';
import type { Preset } from '../../src/study/presets/preset.ts';
import type { EmbedView } from '../../src/ui/embed/views.ts';

export interface PaperFigure {
  /** What it corresponds to; where a paper has no such figure, what it is. */
  readonly heading: string;
  readonly preset: Preset;
  readonly view: EmbedView;
  /** Of the picture, in pixels. */
  readonly height: number;
}

export const PAPER_FIGURES: readonly PaperFigure[] = [
  { heading: 'Figure 1: the strategy', preset: full, view: 'tape', height: 460 },
  { heading: 'Training', preset: full, view: 'training', height: 620 },
  { heading: 'Figure 2: Shapley value of every layer', preset: full, view: 'shapley', height: 480 },
  { heading: 'Figure 3: accuracy landscape', preset: full, view: 'landscape', height: 480 },
  { heading: 'Figure 4, left: structured pruning', preset: full, view: 'layers', height: 760 },
  { heading: 'Figure 4, right: unstructured pruning', preset: full, view: 'weights', height: 620 },
  { heading: 'Merging methods', preset: merge, view: 'merging', height: 820 },
];
