/** Describes the figures of a result: what they show, when and where they appear, and their names. */
import type { ComponentType } from 'react';
import type { PartName } from '../../lessons/parts.ts';
import type { BackboneCard } from '../../state/models/backbones.ts';
import type { ResultSource } from '../../state/study/shown.ts';
import type { AnalysisId, StudyConfig } from '../../study/config/config.ts';
import type { PartKey } from '../../study/result/result-parts.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { Glimpse } from '../../study/result/glimpse.ts';

/** `glimpse`: what is seen of runs that still train, for figures that show it until the study has its own. */
export type ResultContent = ComponentType<{ readonly result: StudyResult; readonly glimpse?: Glimpse | null }>;

/** A view of an embedded frame ("?embed=…"). */
interface FrameView {
  /** Used in addresses: never rename one. */
  readonly id: string;
  /** Absent: the name of the figure's page part. */
  readonly name?: string;
  /** One of several charts of the figure; absent: the whole figure. */
  readonly Content?: ResultContent;
  /** Height of the frame in pixels; absent: the usual one. */
  readonly height?: number;
}

export interface Figure {
  /** The name by which lessons point at it and teachers hide or lock it. */
  readonly part: PartName;
  readonly Content: ResultContent;
  /** Whether the result has content for it. */
  readonly fills: (result: StudyResult) => boolean;
  /** Whether a growing result has something to show in it, so that the earlier result leaves. Absent: as `fills`. */
  readonly begins?: (result: StudyResult) => boolean;
  /** Whether a look at runs that still train has something for it. Absent: it shows none. */
  readonly showsGlimpse?: (glimpse: Glimpse) => boolean;
  /** Whether a study with these settings will fill it. Its frame then waits on the page. */
  readonly isAskedFor: (config: StudyConfig) => boolean;
  /** Absent: the first two such figures stand beside the training curves, the others below. Several 'half' figures share a row below. */
  readonly place?: 'top' | 'below' | 'half' | 'end';
  /** Shows all values of a sweep, whichever is selected. */
  readonly ofWholeSweep?: true;
  readonly views: readonly FrameView[];
  /** Message of a frame without content, of a result that has none; absent: says that the analysis was off. */
  readonly absence?: (result: Pick<StudyResult, 'task'>, source: ResultSource) => string;
}

/** Always on the page. */
export const ALWAYS = { fills: () => true, isAskedFor: () => true } as const;

/** The page's presentation of an analysis. */
export interface ShownAnalysis {
  readonly id: AnalysisId;
  readonly figures: readonly Figure[];
  /** How much a study with these settings computes for it, in words, before it runs. Absent: too little to tell. */
  readonly cost?: (config: StudyConfig, backbone: Pick<BackboneCard, 'layers'>) => string;
  /** What stands below its settings while it is on. Absent: nothing. */
  readonly More?: ComponentType;
  /** Names the missing findings of this part in a study united from several. Absent: nothing can be missing. */
  readonly missing?: { readonly part: PartKey; readonly words: (count: number) => string };
  /** Names the parts of it that a link contains; empty when there are none. */
  readonly contents: (kept: StudyResult) => readonly string[];
}

/** The text for a count; empty for zero. */
export const contentOf = (count: number, text: (count: number) => string): string[] => (count > 0 ? [text(count)] : []);
