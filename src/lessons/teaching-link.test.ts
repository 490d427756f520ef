import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configToQuery, queryToConfig, withoutConfig } from '../share/config/config-query.ts';
import { PRESETS } from '../study/presets/presets.ts';
import { LESSONS } from './course/index.ts';
import { LOCALES } from '../core/language/locale.ts';
import { PAGE_PARTS } from './parts.ts';
import { LESSON_STEPS } from './steps.ts';
import { printTeachingLink, readTeachingLink, type TeachingLink } from './teaching-link.ts';

const NO_TEACHING: TeachingLink = {
  lesson: null,
  step: null,
  preset: null,
  hidden: [],
  locked: [],
  locale: null,
  present: false,
};

const presets = PRESETS.map(({ id }) => id);
const parts = fc.uniqueArray(fc.constantFrom(...PAGE_PARTS));

const places = fc.constantFrom(
  { lesson: null, step: null },
  ...LESSONS.flatMap(({ id, steps }) => [
    { lesson: id, step: null },
    ...steps.map((step) => ({ lesson: id, step: step.id })),
  ]),
);

const links = fc
  .record({
    place: places,
    preset: fc.option(fc.constantFrom(...presets)),
    hidden: parts,
    locked: parts,
    locale: fc.option(fc.constantFrom(...LOCALES)),
    present: fc.boolean(),
  })
  .map(({ place, ...link }) => ({
    ...link,
    ...place,
    locked: link.locked.filter((part) => !link.hidden.includes(part)),
  }));

describe('a teacher’s link', () => {
  it('says what it was made of', () => {
    fc.assert(
      fc.property(links, (link) => {
        expect(readTeachingLink(printTeachingLink(link), presets)).toEqual({ link, problems: [] });
      }),
    );
  });

  it('and the settings of a study do not disturb each other', () => {
    const config = { ...PRESETS[0].config, seeds: [5, 6] };
    fc.assert(
      fc.property(links, (link) => {
        const own = printTeachingLink(link);
        const query = `?${[own, configToQuery(config)].filter(Boolean).join('&')}`;
        expect(queryToConfig(query)).toEqual({ config, isOfOtherVersion: false, problems: [] });
        expect(withoutConfig(query)).toBe(own);
      }),
    );
  });

  it('names what it cannot understand and keeps the rest', () => {
    const { link, problems } = readTeachingLink('?hide=gpu,nonsense&preset=huge&lang=fr&lesson=lora', presets);
    expect(link).toEqual({ ...NO_TEACHING, lesson: 'lora', hidden: ['gpu'] });
    expect(problems).toHaveLength(3);
    expect(problems.join()).toMatch(/huge.*fr.*nonsense/);
  });

  it.each(LESSONS)('counts the steps of $id as its panel does', ({ id, steps }) => {
    expect(LESSON_STEPS[id]).toEqual(steps.map((step) => step.id));
    for (const [i, step] of steps.entries())
      expect(readTeachingLink(`lesson=${id}/${i + 1}`, presets)).toEqual({
        link: { ...NO_TEACHING, lesson: id, step: step.id },
        problems: [],
      });
  });

  it('counts lessons as their list does', () => {
    for (const [i, { id, steps }] of LESSONS.entries())
      expect(readTeachingLink(`lesson=${i + 1}/2`, presets)).toEqual({
        link: { ...NO_TEACHING, lesson: id, step: steps[1].id },
        problems: [],
      });
  });

  it('knows no other lessons', () => expect(Object.keys(LESSON_STEPS)).toEqual(LESSONS.map(({ id }) => id)));

  it.each(['0', '99', '-1', '1.5', 'by-foot', '3e0', 'constructor'])('names a step that there is not: %s', (step) => {
    const { link, problems } = readTeachingLink(`lesson=shapley/${step}`, presets);
    expect(link).toEqual({ ...NO_TEACHING, lesson: 'shapley' });
    expect(problems).toEqual([
      `The step of “lesson=shapley/${step}” is skipped: its steps are question, by-hand, sum, twelve, run, or 1 to 5.`,
    ]);
  });

  it.each(['nonsense', 'nonsense/1', '0', '99', 'constructor'])('names a lesson that there is not: %s', (lesson) => {
    const { link, problems } = readTeachingLink(`lesson=${lesson}&present`, presets);
    expect(link).toEqual({ ...NO_TEACHING, present: true });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`“lesson=${lesson}” is skipped: the lessons are picture, lora, two-seeds`);
  });

  it('is read from anything', () => {
    fc.assert(fc.property(fc.string(), (query) => Boolean(readTeachingLink(query, presets).link)));
  });
});
