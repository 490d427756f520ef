/** No tile of the first screen states what an open lesson asks. */
import { expect, it } from 'vitest';
import { hundredths } from '../../core/number-format.ts';
import { saved, steps, view } from '../../lessons/course/test-lessons.ts';
import type { LessonStep } from '../../lessons/lesson.ts';
import { findingsToShow, type FindingId } from '../../state/summary/findings.ts';
import { isTold } from './finding-parts.ts';

const findings = findingsToShow(saved, saved.config);
const NOTHING_HIDDEN = { teaching: { hidden: [] } };

/** Steps whose outcome quotes an accuracy of the tiles, but does not ask for it. */
const QUOTED_UNASKED = ['picture/learned', 'honest/pictures'];

/** Findings whose numbers the outcome of a step has. */
const answeredBy = ({ prediction }: LessonStep): FindingId[] => {
  const outcome = prediction?.outcome(view(saved)) ?? '';
  return findings.flatMap(({ id, compared }) => {
    const values = compared?.values.map((value) => hundredths(value)) ?? [];
    return values.length > 0 && values.every((value) => outcome.includes(value)) ? [id] : [];
  });
};

const asking = steps.filter(({ step }) => step.prediction && !step.run);

it('the saved result has tiles whose numbers lessons ask for', () => {
  const asked = new Set(asking.flatMap(({ step }) => answeredBy(step)));
  expect([...asked].sort()).toEqual(['average', 'half-off', 'price']);
});

it.each(asking.filter(({ name }) => !QUOTED_UNASKED.includes(name)))(
  '$name: no tile has the answer while it is asked',
  ({ step, covered }) => {
    const page = { ...NOTHING_HIDDEN, concealed: step.prediction!.conceal, covered };
    expect(answeredBy(step).filter((id) => isTold(id, page))).toEqual([]);
  },
);

it('a teacher hides a tile with its chart, and no other', () => {
  const told = (hidden: readonly ['layers' | 'summary']) =>
    isTold('half-off', { teaching: { hidden }, concealed: [], covered: [] });
  expect([told(['layers']), told(['summary'])]).toEqual([false, true]);
});
