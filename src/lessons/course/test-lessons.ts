/** The saved result and its arms, what lessons see of a page that shows a result, and their steps by name, for their tests. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { mapResultFixture } from '../../../tests/fixtures/map-result.ts';
import { fewShots } from '../../study/presets/few-shots.ts';
import type { Preset } from '../../study/presets/preset.ts';
import { StudyResultSchema, type StudyResult } from '../../study/result/result.ts';
import { coveredAt } from '../covered.ts';
import { armFacts } from '../facts.ts';
import type { LessonStep, LessonView } from '../lesson.ts';
import { LESSONS } from './index.ts';

const savedOf = ({ id }: Pick<Preset, 'id'>): StudyResult =>
  v.parse(StudyResultSchema, JSON.parse(readFileSync(`public/showcase/${id}.json`, 'utf8')));

export const saved = savedOf(fewShots);

/** The saved result that a step is about. */
export const savedFor = ({ study }: LessonStep): StudyResult => (study ? savedOf(study) : saved);
export const lora = armFacts(saved, 'lora')!;
export const copra = armFacts(saved, 'copra')!;

/** The saved result as it is where one of its runs diverged. */
export const withoutRun = (arm: string, seed: number): typeof saved => ({
  ...saved,
  runs: saved.runs.map((run) => (run.arm === arm && run.seed === seed ? { ...run, diverged: 3, test: null } : run)),
});

export const otherArm = (arm: string): string => (arm === lora.arm ? copra.arm : lora.arm);

/** The saved result if the paths of its landscape, by factors and by product, had changed places. */
export const withPathsSwapped: typeof saved = {
  ...saved,
  landscape: saved.landscape.map((entry) => ({ ...entry, path: entry.path === 'factor' ? 'product' : 'factor' })),
};

export const view = (result: LessonView['result'], change: Partial<LessonView> = {}): LessonView => ({
  result,
  computedHere: false,
  isSaved: result === saved,
  running: false,
  saved,
  config: saved.config,
  map: result && mapResultFixture(),
  adapters: { runs: 0, merged: 0 },
  ...change,
});

export const steps = LESSONS.flatMap((lesson) =>
  lesson.steps.map((step, index) => ({ name: `${lesson.id}/${step.id}`, step, covered: coveredAt(lesson, index) })),
);

/** @param name "honest/seeds" */
export const stepAt = (name: string): LessonStep => steps.find((each) => each.name === name)!.step;

export const outcomeOf =
  (name: string) =>
  (result: LessonView['result']): string =>
    stepAt(name).prediction!.outcome(view(result)) ?? '';
