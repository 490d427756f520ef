import { describe, expect, it } from 'vitest';
import { tinyTask } from '../../../../tests/support/tiny-study.ts';
import type { LabelledImages } from '../../../data/task.ts';
import { USUAL_DOMAINS } from './settings.ts';
import { broughtDomains, domainCount, leastImages, ownDomains } from './work.ts';

const images = (count: number): LabelledImages => ({
  count,
  pixels: new Uint8Array(),
  labels: new Int32Array(count),
});
const task = {
  ...tinyTask(),
  classes: Array.from({ length: 20 }, (_, i) => `class ${i}`),
  others: [
    { name: 'Scarce', images: images(39) },
    { name: 'Camera 2', images: images(500) },
  ],
};

describe('domains that came with the images', () => {
  const few = { ...USUAL_DOMAINS, domains: [], images: 10 };

  it('are left out for the images that they have, not for those that are wanted', () => {
    expect(leastImages(task)).toBe(40);
    const { tested, small } = broughtDomains(few, task);
    expect(tested.map(({ place, name, images: count }) => [place, name, count])).toEqual([[1, 'Camera 2', 10]]);
    expect(small).toEqual([{ name: 'Scarce', images: 39 }]);
    expect(ownDomains(few, task)!.map(({ name, images: count }) => [name, count])).toEqual([['Camera 2', 10]]);
  });

  it('do not count where they are left out', () => {
    expect(domainCount(few, task)).toBe(1);
    expect(domainCount(few, { ...task, others: task.others.slice(0, 1) })).toBe(0);
  });
});
