/** Browsers that are too old for the page are told so, and told the versions that the documents name; so is a page without its modules. */
import vm from 'node:vm';
import { expect, it, vi } from 'vitest';
import { readText } from '../support/files.ts';

const SCRIPT = readText('public/first-uses.js');

interface Told {
  readonly text: string;
  readonly lang: string;
}

interface Visit {
  readonly language?: string;
  /** What the browser does not have. */
  readonly lacking?: string;
  readonly state?: 'loading' | 'complete';
  /** The page's modules have run. */
  readonly begun?: boolean;
  /** The browser waits for them for ever. */
  readonly isSilent?: boolean;
  /** A service worker answers for the page; and the worker that waits to take its place. */
  readonly worker?: { readonly waiting: { readonly postMessage: (message: unknown) => void } | null };
}

/** A page of which there is only what the script touches. @returns what is told there, a press on the button, and how often the page is loaded again */
function visit({
  language = 'en-GB',
  lacking = '',
  state = 'complete',
  begun = true,
  isSilent = false,
  worker,
}: Visit = {}) {
  interface Child {
    readonly textContent: string;
    readonly lang: string;
    readonly style: object;
    readonly press: () => void;
  }
  const children: Child[] = [];
  const heard: (() => void)[] = [];
  const taken: (() => void)[] = [];
  const timed: { readonly work: () => void; readonly milliseconds: number }[] = [];
  const reload = vi.fn();
  const listen = (_: string, listener: () => void): void => void heard.push(listener);
  const document = {
    readyState: state,
    documentElement: { hasAttribute: () => begun },
    getElementById: () => ({ children, appendChild: (child: Child) => void children.push(child) }),
    createElement: () => {
      const child = { textContent: '', lang: '', style: {}, press: () => {} };
      return {
        ...child,
        addEventListener(this: typeof child, _: string, press: () => void) {
          this.press = press;
        },
      };
    },
    addEventListener: listen,
  };
  const serviceWorker = worker && {
    controller: {},
    getRegistration: () => Promise.resolve(worker),
    addEventListener: (_: string, listener: () => void) => void taken.push(listener),
  };
  const page = {
    document,
    navigator: { language, serviceWorker },
    location: { reload },
    addEventListener: listen,
    OffscreenCanvas: class {},
    DecompressionStream: class {},
    setTimeout: (work: () => void, milliseconds: number) => void timed.push({ work, milliseconds }),
  };
  const context = vm.createContext(page);
  vm.runInContext(`${lacking}; localStorage = { getItem() {} };`, context);
  vm.runInContext(SCRIPT, context);
  if (!isSilent) for (const listener of heard) listener();
  for (const { work, milliseconds } of timed) if (milliseconds === 30_000) work();
  const said: Told[] = children.map(({ textContent, lang }) => ({ text: textContent, lang }));
  return {
    said,
    reload,
    press: () => children.at(-1)?.press(),
    takeOver: () => taken.forEach((listener) => listener()),
  };
}

const told = (of?: Visit): Told[] => visit(of).said;

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

it('says in place of a blank page that its modules could not be had, and loads it again on a press', async () => {
  for (const state of ['loading', 'complete'] as const) {
    const { said, press, reload } = visit({ begun: false, state });
    expect(said).toEqual([
      { text: expect.stringMatching(/could not be loaded/) as string, lang: 'en' },
      { text: 'Load again', lang: 'en' },
    ]);
    press();
    expect(reload).toHaveBeenCalledOnce();
  }
  expect(told({ begun: false, language: 'de' })).toMatchObject([{ lang: 'de' }, { text: 'Neu laden', lang: 'de' }]);
  expect(told({ begun: false, lacking: 'delete Array.prototype.toSorted' })).toHaveLength(1);
  // A service worker without a newer one, and one of a version before.
  const old = visit({ begun: false, worker: { waiting: null } });
  old.press();
  await vi.waitFor(() => expect(old.reload).toHaveBeenCalledOnce());
  const postMessage = vi.fn();
  const { press, reload, takeOver } = visit({ begun: false, worker: { waiting: { postMessage } } });
  press();
  await vi.waitFor(() => expect(postMessage).toHaveBeenCalledWith({ type: 'take-over' }));
  expect(reload).not.toHaveBeenCalled();
  takeOver();
  expect(reload).toHaveBeenCalledOnce();
});

it('says after half a minute that its modules have not come, where the browser waits for them for ever', () => {
  const waiting = { state: 'loading', isSilent: true } as const;
  const { said, press, reload } = visit({ ...waiting, begun: false });
  expect(said).toEqual([
    { text: expect.stringMatching(/has not come for 30 seconds/) as string, lang: 'en' },
    { text: 'Load again', lang: 'en' },
  ]);
  press();
  expect(reload).toHaveBeenCalledOnce();
  expect(told({ ...waiting, begun: false, language: 'de' })[0].text).toMatch(/seit 30 Sekunden nicht gekommen/);
  expect(told(waiting)).toEqual([]);
});

it('uses no syntax that an old browser does not read', () => {
  expect(SCRIPT).not.toMatch(/=>|`|\b(const|let|class)\b|\?\.|\?\?|\.\.\.|catch \{|,\s*\)/);
});

it('names the same versions in both languages and in the documents', () => {
  const lacking = 'delete Array.prototype.toSorted';
  const said = versionsIn(told({ lacking })[0].text);
  expect(said).toHaveLength(3);
  expect(versionsIn(told({ lacking, language: 'de' })[0].text)).toEqual(said);
  for (const file of ['README.md', 'docs/hosting.md', 'docs/reliability.md'])
    expect(versionsIn(readText(file)), file).toEqual(said);
});
