/** Browsers that are too old for the page are told so, and told the versions that the documents name. */
import vm from 'node:vm';
import { expect, it } from 'vitest';
import { readText } from '../support/files.ts';

const SCRIPT = readText('public/first-uses.js');

/** Only what the script touches of a page whose modules have not run. @param lacking what the browser does not have */
function told({ language = 'en-GB', lacking = '', state = 'complete' } = {}): { text: string; lang: string }[] {
  const children: { textContent: string; lang: string; style: object }[] = [];
  const heard: (() => void)[] = [];
  const document = {
    readyState: state,
    getElementById: () => ({ children, appendChild: (child: (typeof children)[0]) => void children.push(child) }),
    createElement: () => ({ textContent: '', lang: '', style: {} }),
    addEventListener: (_: string, listen: () => void) => void heard.push(listen),
  };
  const page = { document, navigator: { language }, OffscreenCanvas: class {}, DecompressionStream: class {} };
  const context = vm.createContext(page);
  vm.runInContext(`${lacking}; localStorage = { getItem() {} };`, context);
  vm.runInContext(SCRIPT, context);
  for (const listen of heard) listen();
  return children.map(({ textContent, lang }) => ({ text: textContent, lang }));
}

const NEEDS = /Chrome (?:or|oder|and|und) Edge (\d+), Firefox (\d+),? (?:or|oder|and|und) Safari ([\d.]+\d)/;
const versionsIn = (text: string): string[] => NEEDS.exec(text)?.slice(1) ?? [];

it.each([
  ['Chrome before 110 and Firefox before 115', 'delete Array.prototype.toSorted'],
  ['Safari before 16.4', 'RegExp = function () { throw new SyntaxError() }'],
  ['Safari before 16.4, without its regular expressions', 'delete globalThis.OffscreenCanvas'],
  ['Firefox before 113', 'delete globalThis.DecompressionStream'],
])('%s: a sentence in place of a blank page', (_, lacking) => {
  expect(told({ lacking })).toEqual([
    { text: expect.stringMatching(/^This browser is too old/) as string, lang: 'en' },
  ]);
  expect(told({ lacking, language: 'de-AT', state: 'loading' })).toEqual([
    { text: expect.stringMatching(/^Dieser Browser ist zu alt/) as string, lang: 'de' },
  ]);
});

it('says nothing in a browser that runs the page', () => {
  expect(told()).toEqual([]);
});

it('uses no syntax that an old browser does not read', () => {
  expect(SCRIPT).not.toMatch(/=>|`|\b(const|let|class)\b|\?\.|\?\?|\.\.\.|catch \{/);
});

it('names the same versions in both languages and in the documents', () => {
  const lacking = 'delete Array.prototype.toSorted';
  const said = versionsIn(told({ lacking })[0].text);
  expect(said).toHaveLength(3);
  expect(versionsIn(told({ lacking, language: 'de' })[0].text)).toEqual(said);
  for (const file of ['README.md', 'docs/hosting.md', 'docs/reliability.md'])
    expect(versionsIn(readText(file)), file).toEqual(said);
});
