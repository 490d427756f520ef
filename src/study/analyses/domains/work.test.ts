import { describe, expect, it } from 'vitest';
import { withDomains } from '../../../../tests/fixtures/domains.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { tinyTask } from '../../../../tests/support/tiny-study.ts';
import type { LabelledImages } from '../../../data/task.ts';
import type { StudyConfig } from '../../config/config.ts';
import { DOMAINS } from './analysis.ts';
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
    expect(ownDomains(few, task, null)!.map(({ name, images: count }) => [name, count])).toEqual([['Camera 2', 10]]);
  });

  it('do not count where they are left out', () => {
    expect(domainCount(few, task)).toBe(1);
    expect(domainCount(few, { ...task, others: task.others.slice(0, 1) })).toBe(0);
  });
});

describe('seeds that are added to a study', () => {
  /** @param names besides the task's own */
  const checked = (images: number, names: readonly string[]) => () => {
    const settings: NonNullable<StudyConfig['analyses']['domains']> = {
      ...USUAL_DOMAINS,
      domains: ['negative'],
      images,
    };
    const study = withDomains(studyResultFixture());
    const domains = [task.name, ...names].map((name) => ({ name, images, pictures: 0 }));
    const known = { ...study, domains: { ...study.domains!, domains } };
    DOMAINS.check!({ ...study.config, analyses: { ...study.config.analyses, domains: settings } }, task, known);
  };

  it('are tested on the domains of the study, be they those of which an earlier version left out some', () => {
    expect(checked(10, ['Camera 2', 'Negative'])).not.toThrow();
    expect(checked(10, ['Negative'])).not.toThrow();
  });

  it('are refused where there are others, of which enough images are wanted', () => {
    expect(checked(10, ['Camera 2', 'Camera 3', 'Negative'])).toThrow(/Camera 3/);
    expect(checked(50, ['Negative'])).toThrow(/now it would be on Camera 2 \(50\)/);
  });
});
