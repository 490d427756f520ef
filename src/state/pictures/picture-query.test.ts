import { describe, expect, it } from 'vitest';
import { withPredictions } from '../../../tests/fixtures/predictions.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { mean } from '../../core/statistics.ts';
import { PICTURE_KINDS, picturesOf } from '../../study/predictions/pictures.ts';
import { ANY_PICTURE, certaintyOf, foundPictures, kindsOf, picturesAt } from './picture-query.ts';
import { askPictures, picturesStore, questionAbout } from './pictures-store.ts';

const result = studyResultFixture({ seeds: 3 });
const pictures = picturesOf(withPredictions(result, 150));
const find = (change: Partial<typeof ANY_PICTURE>) => foundPictures(pictures, { ...ANY_PICTURE, ...change });

describe('the pictures that are asked for', () => {
  it('are all, in test order, at first', () => expect(find({})).toEqual(pictures));

  it.each(['one', 'every', 'midpoint', 'half'] as const)('are of a kind: %s', (kind) => {
    const found = find({ kind });
    expect(found).toEqual(pictures.filter((picture) => PICTURE_KINDS[kind](picture)));
    expect(found.length).toBeGreaterThan(0);
  });

  it('are of no kind that was not measured', () => {
    expect(kindsOf(pictures)).toEqual(['all', 'one', 'every', 'midpoint', 'half']);
    const without = (of: string) =>
      picturesOf({
        ...withPredictions(result, 150),
        predictions: withPredictions(result, 150).predictions!.filter((one) => one.of !== of),
      });
    expect(kindsOf(without('midpoint'))).toEqual(['all', 'one', 'every', 'half']);
    expect(kindsOf(without('layers'))).toEqual(['all', 'one', 'every', 'midpoint']);
    const oneArm = pictures.map((picture) => ({ ...picture, arms: picture.arms.slice(0, 1) }));
    expect(kindsOf(oneArm)).toEqual(['all', 'every', 'midpoint', 'half']);
    expect(kindsOf([])).toEqual(['all']);
  });

  it('are of a class, and taken for another', () => {
    expect(find({ label: 3 }).every(({ label }) => label === 3)).toBe(true);
    const taken = find({ label: 3, taken: { arm: 'copra', as: 5 } });
    const expected = pictures.filter(
      ({ label, arms }) => label === 3 && arms[1].runs.some(({ predicted }) => predicted === 5),
    );
    expect(taken).toEqual(expected);
    const byBackbone = find({ taken: { arm: null, as: 5 } });
    expect(byBackbone).toEqual(pictures.filter(({ backbone }) => backbone!.predicted === 5));
  });

  it('come in the order that is asked for', () => {
    const doubt = find({ order: 'uncertain' }).map(({ arms }) => Math.abs(mean(arms.map(certaintyOf)) - 0.5));
    expect(doubt).toEqual(doubt.toSorted((a, b) => a - b));
    const gains = find({ order: 'gains' }).map(({ arms }) => certaintyOf(arms[1]) - certaintyOf(arms[0]));
    expect(gains).toEqual(gains.toSorted((a, b) => b - a));
    expect(find({ order: 'loses' })[0]).toBe(find({ order: 'gains' }).at(-1));
    expect(find({ order: 'class' }).map(({ label }) => label)).toEqual(pictures.map(({ label }) => label).sort());
  });

  it('stay those that were found, in their order, with the answers of further seeds', () => {
    const before = find({ kind: 'half', order: 'gains' }).map(({ place }) => place);
    const more = picturesOf(withPredictions(studyResultFixture({ seeds: 5 }), 150));
    const after = picturesAt(more, before);
    expect(after.map(({ place }) => place)).toEqual(before);
    expect(after[0].arms[0].runs).toHaveLength(5);
    expect(foundPictures(more, { ...ANY_PICTURE, kind: 'half', order: 'gains' })).not.toEqual(after);
    expect(picturesAt([], before)).toEqual([]);
  });

  it('begin at the first when another question is asked', () => {
    picturesStore.setState({ from: 24 });
    askPictures({ kind: 'half' }, result);
    expect(picturesStore.getState()).toMatchObject({ query: { ...ANY_PICTURE, kind: 'half' }, from: 0, led: 0 });
    askPictures(ANY_PICTURE, result);
  });

  it('are those of any class, and taken for any, once a result has other classes or lacks the arm', () => {
    const asked = { ...ANY_PICTURE, kind: 'half', label: 3, taken: { arm: 'copra', as: 5 } } as const;
    askPictures(asked, result);
    const about = (other: Parameters<typeof questionAbout>[1]) => questionAbout(picturesStore.getState(), other);
    expect(about({ ...result, task: { ...result.task, classes: [...result.task.classes] } })).toEqual(asked);
    const food = { ...result, task: { ...result.task, classes: ['bread', 'fruit'] } };
    expect(about(food)).toEqual({ ...ANY_PICTURE, kind: 'half' });
    const lora = { ...result, config: { ...result.config, arms: result.config.arms.slice(0, 1) } };
    expect(about(lora)).toEqual({ ...asked, taken: null });
    askPictures({ order: 'class' }, food);
    expect(picturesStore.getState().query).toEqual({ ...ANY_PICTURE, kind: 'half', order: 'class' });
    askPictures(ANY_PICTURE, result);
  });
});
