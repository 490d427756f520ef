/** What the page has to know of a figure of a result: what it shows, when it is there, where, and under which names. */
import type { ComponentType } from 'react';
import type { PagePart } from '../../lessons/parts.ts';
import type { AnalysisId, StudyConfig } from '../../study/config/config.ts';
import type { PartKey } from '../../study/result/result-parts.ts';
import type { StudyResult } from '../../study/result/result.ts';

export type ResultContent = ComponentType<{ readonly result: StudyResult }>;

/** What a frame shows: the figure, or one of several charts in it. */
interface FrameView {
  /** Part of addresses ("?embed=…"): never rename one. */
  readonly id: string;
  readonly name: string;
  readonly Content: ResultContent;
  /** Height of the frame in pixels; absent: the usual one. */
  readonly height?: number;
}

export interface Figure {
  /** What lessons point at, and teachers hide or lock. */
  readonly part: PagePart;
  readonly Content: ResultContent;
  /** Whether the result has content for it. */
  readonly fills: (result: StudyResult) => boolean;
  /** Whether a study that has not begun will fill it: its frame waits. */
  readonly isAskedFor: (config: StudyConfig) => boolean;
  /**
   * Among the results; 'half': below the first two, and side by side with the other half where both are there. Absent: one of the first two
   * that are there lies beside the training curves, the others below, over the whole width.
   */
  readonly place?: 'top' | 'below' | 'half' | 'end';
  /** A sweep is shown as a whole, not at the value that was chosen. */
  readonly ofWholeSweep?: true;
  readonly views: readonly FrameView[];
  /** Said in a frame that a result does not fill; absent: that its analysis was off. */
  readonly absence?: string;
}

/** What the page shows of an analysis. */
export interface ShownAnalysis {
  readonly id: AnalysisId;
  readonly figures: readonly Figure[];
  /** What a study that was united from several lacks of its part of the result, in words. Absent: it lacks nothing. */
  readonly missing?: { readonly part: PartKey; readonly words: (count: number) => string };
  /** What a link holds of it, in words; nothing where it holds none. */
  readonly contents: (kept: StudyResult) => readonly string[];
}

/** Words for so many of something, where there are any. */
export const contentOf = (count: number, text: (count: number) => string): string[] => (count > 0 ? [text(count)] : []);
