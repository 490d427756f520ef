/** No tile of the first screen states what an open lesson asks. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { mapResultFixture } from '../../../tests/fixtures/map-result.ts';
import { hundredths } from '../../core/number-format.ts';
import { LESSONS } from '../../lessons/course/index.ts';
import type { LessonStep } from '../../lessons/lesson.ts';
import { findingsToShow, type FindingId } from '../../state/summary/findings.ts';
import { StudyResultSchema } from '../../study/result/result.ts';
import { isTold } from './finding-parts.ts';

const saved = v.parse(StudyResultSchema, JSON.parse(readFileSync('public/showcase/few-shots.json', 'utf8')));
const findings = findingsToShow(saved, saved.config);
const NOTHING_HIDDEN = { teaching: { hidden: [] } };

/** Steps whose outcome quotes an accuracy of the tiles, but does not ask for it. */
const QUOTED_UNASKED = ['picture/learned', 'honest/pictures'];

/** Findings whose numbers the outcome of a step has. */
const answeredBy = ({ prediction }: LessonStep): FindingId[] => {
  const page = {
    result: saved,
    computedHere: false,
    isSaved: true,
    running: false,
    saved,
    config: saved.config,
    map: mapResultFixture(),
  };
  const outcome = prediction?.outcome({ ...page, adapters: { runs: 0, merged: 0 } }) ?? '';
  return findings.flatMap(({ id, compared }) => {
    const values = compared?.values.map((value) => hundredths(value)) ?? [];
    return values.length > 0 && values.every((value) => outcome.includes(value)) ? [id] : [];
  });
};

const steps = LESSONS.flatMap((lesson) => lesson.steps.map((step) => ({ name: `${lesson.id}/${step.id}`, step })));
const asking = steps.filter(({ step }) => step.prediction && !step.run);

it('the saved result has tiles whose numbers lessons ask for', () => {
  const asked = new Set(asking.flatMap(({ step }) => answeredBy(step)));
  expect([...asked].sort()).toEqual(['average', 'half-off', 'price']);
});

it.each(asking.filter(({ name }) => !QUOTED_UNASKED.includes(name)))(
  '$name: no tile has the answer while it is asked',
  ({ step }) => {
    const { prediction, covers = [] } = step;
    const page = { ...NOTHING_HIDDEN, concealed: prediction!.conceal, covered: covers };
    expect(answeredBy(step).filter((id) => isTold(id, page))).toEqual([]);
  },
);

it('a teacher hides a tile with its chart, and no other', () => {
  const told = (hidden: readonly ['layers' | 'summary']) =>
    isTold('half-off', { teaching: { hidden }, concealed: [], covered: [] });
  expect([told(['layers']), told(['summary'])]).toEqual([false, true]);
});
