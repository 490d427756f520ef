import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configToQuery, queryToConfig, withoutConfig } from '../share/config-query.ts';
import { PRESETS } from '../study/presets.ts';
import { LOCALES } from './messages/index.ts';
import { PAGE_PARTS } from './parts.ts';
import { NO_TEACHING, printTeachingLink, readTeachingLink, withoutTeaching } from './teaching-link.ts';

const presets = PRESETS.map(({ id }) => id);
const parts = fc.uniqueArray(fc.constantFrom(...PAGE_PARTS));

const links = fc
  .record({
    lesson: fc.option(fc.constantFrom('lora', 'two-seeds')),
    step: fc.option(fc.constantFrom('average', 'run')),
    preset: fc.option(fc.constantFrom(...presets)),
    hidden: parts,
    locked: parts,
    locale: fc.option(fc.constantFrom(...LOCALES)),
    present: fc.boolean(),
  })
  .map((link) => ({
    ...link,
    step: link.lesson ? link.step : null,
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
        expect(queryToConfig(query)).toEqual({ config, problems: [] });
        expect(withoutConfig(query)).toBe(own);
        expect(withoutTeaching(query)).toBe(configToQuery(config));
      }),
    );
  });

  it('names what it cannot understand and keeps the rest', () => {
    const { link, problems } = readTeachingLink('?hide=gpu,nonsense&preset=huge&lang=fr&lesson=lora', presets);
    expect(link).toEqual({ ...NO_TEACHING, lesson: 'lora', hidden: ['gpu'] });
    expect(problems).toHaveLength(3);
    expect(problems.join()).toMatch(/huge.*fr.*nonsense/);
  });

  it('is read from anything', () => {
    fc.assert(fc.property(fc.string(), (query) => Boolean(readTeachingLink(query, presets).link)));
  });
});
