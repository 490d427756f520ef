/** The parts of a lesson. Lessons are data: the page decides how a step looks; a lesson decides what it says, shows, runs and asks. */
import type { StudyConfig } from '../study/config/config.ts';
import type { MapResult } from '../study/map/map-result.ts';
import type { Preset } from '../study/presets/preset.ts';
import type { StudyResult } from '../study/result/result.ts';
import type { PartName } from './parts.ts';

/** Everything a lesson sees of the page. */
export interface LessonView {
  readonly result: StudyResult | null;
  /** Whether the numbers on the page were computed here. */
  readonly computedHere: boolean;
  /** Whether they came with the page: docs/results.md has them too. */
  readonly isSaved: boolean;
  readonly running: boolean;
  /** The saved result that runs of lessons are compared with; null until it is loaded. */
  readonly saved: StudyResult | null;
  readonly config: StudyConfig;
  /** The map on the page with the cells that are done; null while none is shown or read. */
  readonly map: MapResult | null;
  /** Available adapters: of runs, and merged ones. */
  readonly adapters: { readonly runs: number; readonly merged: number };
}

/** What the learner did in a step. */
export interface StepAnswers {
  /** Index of the choice; null before one is made, and where the choices are names. */
  readonly choice: number | null;
  /** The choice where the choices are names. */
  readonly name?: string;
  /** Version of the question that it answers; absent: 1. */
  readonly version?: number;
  /** Fields of an exercise as typed. */
  readonly fields: Readonly<Record<string, string>>;
}

export const NO_ANSWERS: StepAnswers = { choice: null, fields: {} };

/** Markdown with formulas: $…$ inline, $$…$$ on separate lines. */
export type LessonText = string;

/** What a question says. */
interface QuestionWords {
  readonly question: string;
  readonly choices: readonly string[];
}

/** A prediction. Nothing is shown before it is made, and a wrong one costs nothing. */
export interface Prediction {
  /** Goes up when the question, or what a choice says, becomes another one: answers to the old one are dropped. Absent: 1. */
  readonly version?: number;
  /** In the language that is spoken when it is called, like all words of lessons. */
  readonly words: (view: LessonView) => QuestionWords;
  /** What the page shows, computed from the current result; null where that does not hold the numbers. */
  readonly outcome: (view: LessonView) => LessonText | null;
  /**
   * By what choices are kept that are names in the result shown, in the order of the choices: another result, or more of it, offers others, and another language
   * calls them otherwise. Absent: choices are kept by their places.
   */
  readonly names?: (view: LessonView) => readonly string[];
  /** Hidden until the prediction is made, also at the steps before (covered.ts). */
  readonly conceal: readonly PartName[];
}

export interface LessonRun {
  /** What it changes of the saved study, as in an address; analyses are off unless it names them. */
  readonly settings: string;
  /** What the button says. */
  readonly label: () => string;
}

interface StepWords {
  readonly title: string;
  readonly text: LessonText;
}

export interface LessonStep {
  /** Unique in the lesson; part of addresses and of saved progress. */
  readonly id: string;
  /** What the step says of the current page. */
  readonly words: (view: LessonView) => StepWords;
  /** The part of the page that the step is about. */
  readonly part?: PartName;
  /** Parts that its text asks the reader to use, and that are not on the screen where the step is presented. */
  readonly needs?: readonly PartName[];
  readonly prediction?: Prediction;
  readonly run?: LessonRun;
  /** Its task takes the adapters of the run of a step before it. */
  readonly takesRun?: true;
  /** The preset whose saved result has what the step asks about; absent: the one that the page opens with. */
  readonly study?: Preset;
  /** A map that the page shows from this step on, and the measure that the step reads there. */
  readonly map?: { readonly id: string; readonly measure: string };
  readonly exercise?: 'three-layers';
  /** Whether the step's task is fulfilled. A step without a task is done when the reader leaves it. */
  readonly done?: (view: LessonView, answers: StepAnswers) => boolean;
}

export interface Lesson {
  /** Part of addresses: never rename one. */
  readonly id: string;
  readonly words: () => { readonly title: string; readonly summary: string };
  readonly minutes: number;
  readonly steps: readonly LessonStep[];
}
