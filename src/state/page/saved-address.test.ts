import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { readTeachingLink } from '../../lessons/teaching-link.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { savedAddress } from './saved-address.ts';

const PAGE = 'https://example.org/copra/?steps=3#results';

describe('the address of a saved result', () => {
  it.each(PRESETS.filter(({ saved }) => saved))('opens “$name”', ({ id, config }) => {
    const address = savedAddress({ source: 'saved', result: { ...studyResultFixture(), config } }, PAGE)!;
    expect(address).toMatch(/^https:\/\/example\.org\/copra\/\?[^#]+$/);
    const { link, problems } = readTeachingLink(new URL(address).search, [id]);
    expect([link.preset, problems]).toEqual([id, []]);
  });

  it('no other result has one, not even of the same settings', () => {
    const of = PRESETS.find(({ saved }) => saved)!;
    const result = { ...studyResultFixture(), config: of.config };
    expect(savedAddress({ source: 'live', result }, PAGE)).toBeNull();
    expect(savedAddress({ source: 'saved', result: studyResultFixture() }, PAGE)).toBeNull();
    expect(savedAddress({ source: 'none', result: null }, PAGE)).toBeNull();
  });
});
