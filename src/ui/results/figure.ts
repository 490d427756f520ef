/** Describes the figures of a result: what they show, when they are on the page, where, and under which names. */
import type { ComponentType } from 'react';
import type { PagePart } from '../../lessons/parts.ts';
import type { AnalysisId, StudyConfig } from '../../study/config/config.ts';
import type { PartKey } from '../../study/result/result-parts.ts';
import type { StudyResult } from '../../study/result/result.ts';

export type ResultContent = ComponentType<{ readonly result: StudyResult }>;

/** What a frame ("?embed=…") shows. */
interface FrameView {
  /** Part of addresses: never rename one. */
  readonly id: string;
  /** Absent: the name of the figure's part of the page. */
  readonly name?: string;
  /** One of several charts of the figure; absent: the whole figure. */
  readonly Content?: ResultContent;
  /** Height of the frame in pixels; absent: the usual one. */
  readonly height?: number;
}

export interface Figure {
  /** The name by which lessons point at it and teachers hide or lock it. */
  readonly part: PagePart;
  readonly Content: ResultContent;
  /** Whether the result has content for it. */
  readonly fills: (result: StudyResult) => boolean;
  /** Whether a study with these settings will fill it. Its frame then waits on the page. */
  readonly isAskedFor: (config: StudyConfig) => boolean;
  /**
   * Absent: the first two such figures stand beside the training curves, the others below them. 'half' figures share a row below when
   * several are there.
   */
  readonly place?: 'top' | 'below' | 'half' | 'end';
  /** Shows all values of a sweep, whichever the reader chose. */
  readonly ofWholeSweep?: true;
  readonly views: readonly FrameView[];
  /** What a frame says when the result does not fill it; absent: that its analysis was off. */
  readonly absence?: string;
}

/** Always on the page. */
export const ALWAYS = { fills: () => true, isAskedFor: () => true } as const;

/** What the page shows of an analysis. */
export interface ShownAnalysis {
  readonly id: AnalysisId;
  readonly figures: readonly Figure[];
  /** Names what a study united from several lacks of this part of its result. Absent: it lacks nothing. */
  readonly missing?: { readonly part: PartKey; readonly words: (count: number) => string };
  /** Names what a link holds of it; empty when it holds nothing. */
  readonly contents: (kept: StudyResult) => readonly string[];
}

/** The words for a number of things; empty for none. */
export const contentOf = (count: number, text: (count: number) => string): string[] => (count > 0 ? [text(count)] : []);
