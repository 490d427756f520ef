import { describe, expect, it, onTestFinished } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { links } from '../../share/link/messages.de.ts';
import { encodeResultLink } from '../../share/link/result-link.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { linkTo, readLink } from './result-address.ts';

const PAGE = 'https://example.org/copra/';

/** A study whose classes all have a prompt of their own. */
function prompted(classes: number, prompt: (name: string, place: number) => string): StudyResult {
  const result = studyResultFixture();
  const names = Array.from({ length: classes }, (_, i) => `kind ${i}`);
  const perClass = Object.fromEntries(names.map((name, i) => [name, prompt(name, i)]));
  const prompts = { templates: ['a picture of {}'], perClass };
  return {
    ...result,
    task: { ...result.task, classes: names },
    config: { ...result.config, task: 'dropped', prompts },
  };
}

describe('links to studies with prompts for single classes', () => {
  it('say whether they are as short as was asked for', () => {
    const fits = (result: StudyResult) =>
      (['whole', 'chat', 'qr'] as const).map((size) => linkTo(result, PAGE, size).fits);
    expect(fits(studyResultFixture())).toEqual([true, true, true]);
    const kinds = ['a close photograph of', 'many small things from above,', 'one old drawing of'];
    const many = prompted(100, (name, i) => `${kinds[i % 3]} ${name}, number ${(i * 7919) % 1000}`);
    expect(fits(many)).toEqual([true, false, false]);
  });

  it('are refused in words for people where there are too many', () => {
    const long = prompted(150, (name) => `a photograph of ${name}, seen from above, `.repeat(4).slice(0, 120));
    for (const size of ['whole', 'chat', 'qr'] as const)
      expect(() => linkTo(long, PAGE, size)).toThrow('This study is too large for a link.');
  });
});

describe('a whole link', () => {
  const template = (at: number) =>
    Array.from({ length: 197 }, (_, i) => String.fromCharCode(0x4e00 + ((i * 7919 + at * 104729) % 20000))).join('');
  const withTemplates = (templates: number): StudyResult => {
    const result = studyResultFixture({ seeds: 2 });
    const prompts = { templates: Array.from({ length: templates }, (_, i) => `${template(i)} {}`), perClass: {} };
    return { ...result, config: { ...result.config, prompts } };
  };

  it('has its settings in the query where they take nothing from the result', () => {
    const { search } = new URL(linkTo(studyResultFixture(), PAGE).address);
    expect(search).toBe('?shapley-seeds=2');
  });

  it('has them in the fragment alone where they are long', () => {
    const result = withTemplates(4);
    const { address, fits, complete } = linkTo(result, PAGE);
    expect([fits, complete]).toEqual([true, true]);
    expect(new URL(address).search).toBe('');
    const opened = readLink(new URL(address).hash);
    if (opened.kind !== 'result') throw new Error('message' in opened ? opened.message() : opened.kind);
    expect(opened.result.config).toEqual(result.config);
  });
});

it('a damaged link is described in the language of the page', () => {
  onTestFinished(speakEnglish);
  speak('de', (area) => (area === 'links' ? links : null));
  const { fragment } = encodeResultLink(studyResultFixture());
  const message = (hash: string): string => {
    const opened = readLink(hash);
    return opened.kind === 'damaged' ? opened.message() : opened.kind;
  };
  expect(message(`#${fragment.slice(0, -40)}`)).toMatch(
    /^Dieser Link kam abgeschnitten an: .* Zeichen\. Gezeigt werden die Teile, .*; es fehlt: die Loss-Kurven\.$/,
  );
  expect(message(`#${fragment}AB`)).toContain('kam vollständig an');
});
