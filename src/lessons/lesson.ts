/** What a lesson is made of. Lessons are data: the page decides how a step looks, a lesson what it says, shows, runs and asks. */
import type { StudyConfig } from '../study/config/config.ts';
import type { StudyResult } from '../study/result/result.ts';
import type { PagePart } from './parts.ts';

/** All that a lesson sees of the page. */
export interface LessonView {
  readonly result: StudyResult | null;
  /** Whether the numbers on the page were computed here. */
  readonly computedHere: boolean;
  readonly running: boolean;
  readonly config: StudyConfig;
  /** Adapters at hand: of runs, and merged ones. */
  readonly adapters: { readonly runs: number; readonly merged: number };
}

/** What the learner did in a step. */
export interface StepAnswers {
  /** Index of the choice; null before. */
  readonly choice: number | null;
  /** Fields of an exercise as they were typed. */
  readonly fields: Readonly<Record<string, string>>;
}

export const NO_ANSWERS: StepAnswers = { choice: null, fields: {} };

/** Markdown with formulas: $…$ in a line, $$…$$ on lines of their own. */
export type LessonText = string;

/** A prediction: nothing is shown before it is made, and a wrong one costs nothing. */
export interface Prediction {
  readonly question: string;
  readonly choices: readonly string[];
  /** What the page shows, read off the result at hand. */
  readonly outcome: (view: LessonView) => LessonText;
  /** Kept out of sight until the prediction is made. */
  readonly conceal: readonly PagePart[];
}

export interface LessonRun {
  /** Settings as in an address, on top of the base of all settings: every lesson runs on bundled data. */
  readonly settings: string;
  readonly label: string;
}

export interface LessonStep {
  /** Unique in the lesson; part of addresses and of saved progress. */
  readonly id: string;
  readonly title: string;
  readonly text: LessonText | ((view: LessonView) => LessonText);
  /** What of the page the step is about. */
  readonly part?: PagePart;
  readonly prediction?: Prediction;
  readonly run?: LessonRun;
  readonly exercise?: 'three-layers';
  /** Whether the step's task is fulfilled. Steps without one are done when they are left. */
  readonly done?: (view: LessonView, answers: StepAnswers) => boolean;
}

export interface Lesson {
  /** Part of addresses: never rename one. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly steps: readonly LessonStep[];
}
