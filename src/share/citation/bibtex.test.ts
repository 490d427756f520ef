import { afterEach, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { studyBibtex } from './bibtex.ts';

afterEach(speakEnglish);

const result = studyResultFixture();
const named = (name: string) => ({
  ...result,
  config: { ...result.config, arms: [{ ...result.config.arms[0], name }] },
});

it('names the study, and the version that computed it', () => {
  const bibtex = studyBibtex(result, 'https://example.org/copra/');
  expect(bibtex).toContain(`version = {${result.provenance.appVersion}}`);
  expect(bibtex).toContain('url     = {https://example.org/copra/}');
  expect(bibtex).toContain(`${result.config.arms.map(({ name }) => name).join(' and ')}; `);
});

it('leaves out an address that nobody else can open', () => {
  expect(studyBibtex(result, 'http://localhost:4173/')).not.toContain('url');
});

it('holds names in which TeX finds no command, and is English in every language', () => {
  const english = studyBibtex(named(String.raw`50 % of {r_4} \input ^~`), '');
  expect(english).toContain(String.raw`50 \% of \{r\_4\} \textbackslash{}input \textasciicircum{}\textasciitilde{}`);
  const spoken = studyBibtex(result, '');
  speak('de', () => null);
  expect(studyBibtex(result, '')).toBe(spoken);
});
