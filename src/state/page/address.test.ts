import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { on } from '../../../tests/support/study-stores.ts';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { config } from '../../share/config/messages.de.ts';
import { encodeResultLink } from '../../share/link/result-link.ts';
import { DEFAULT_SAVED, reopenSaved } from './saved-results.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { quick } from '../../study/presets/quick.ts';
import { followAddress, followLinks } from './address.ts';
import { pageState } from './messages.de.ts';
import { openPage } from './open-page.ts';
import { closeSheet, createStudyFold, openSheet } from './study-fold.ts';
import { showResult, takeBack } from '../study/replace-shown.ts';
import { shownOf } from '../study/shown.ts';
import { createStudyStore, reduceEvent } from '../study/study-store.ts';
import { PATIENT } from '../../../tests/support/patient.ts';
import { said } from '../../core/language/catalogue.ts';

const result = studyResultFixture();
const fragment = `#${encodeResultLink(result).fragment}`;

function browserAt(search: string, hash: string) {
  const location = { search, hash, pathname: '/app/' };
  const entries: string[] = [];
  const go = (address: string) => {
    const url = new URL(address, 'https://example.org');
    Object.assign(location, { search: url.search, hash: url.hash });
  };
  return {
    location,
    entries,
    history: {
      pushState: (_: unknown, __: string, address?: string | URL | null) => {
        entries.push(`push ${String(address)}`);
        go(String(address));
      },
      replaceState: (_: unknown, __: string, address?: string | URL | null) => {
        entries.push(`replace ${String(address)}`);
        go(String(address));
      },
    },
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the address', () => {
  it('takes up settings while they are edited, and the saved ones need no words', () => {
    const store = createStudyStore();
    showResult(on(store), { ...result, config: DEFAULT_SAVED.config }, 'saved');
    const browser = browserAt('?lesson=3', '');
    const end = followAddress(store, browser, createStudyFold('', null));
    const edit = (shots: number | null) => store.setState(({ config }) => ({ config: { ...config, shots } }));
    edit(4);
    edit(8);
    vi.runAllTimers();
    expect(browser.entries).toEqual([
      expect.stringMatching(/^replace \/app\/\?lesson=3&backbone=emoji-clip-2&shots=8&seeds=/),
    ]);
    edit(DEFAULT_SAVED.config.shots);
    vi.runAllTimers();
    expect(browser.location.search).toBe('?lesson=3');
    end();
    edit(2);
    vi.runAllTimers();
    expect(browser.entries).toHaveLength(2);
  });

  it.each<[string, Partial<StudyConfig>]>([
    ['a later version', { incomplete: true }],
    ['an evaluation', { evaluated: { untold: [], beyond: [] } }],
  ])('has no settings of %s, which a reload would open as another study', (_, marked) => {
    const store = createStudyStore();
    const browser = browserAt('?lesson=3&shots=8', '');
    const end = followAddress(store, browser, createStudyFold('', null));
    store.setState(({ config }) => ({ config: { ...config, shots: 4, ...marked } }));
    vi.runAllTimers();
    expect(browser.location.search).toBe('?lesson=3');
    end();
  });

  it('names the default settings where it names another preset, which a reload would open', () => {
    for (const [preset, search] of [
      ['quick', /^\?preset=quick&.*shots=/],
      [DEFAULT_SAVED.id, /^\?preset=[^&]+$/],
      ['unknown', /^\?preset=unknown$/],
    ] as const) {
      const store = createStudyStore(quick.config);
      const browser = browserAt(`?preset=${preset}`, '');
      const end = followAddress(store, browser, createStudyFold('', null));
      showResult(on(store), { ...result, config: DEFAULT_SAVED.config }, 'saved');
      vi.runAllTimers();
      expect(browser.location.search).toMatch(search);
      end();
    }
  });

  it('drops a link in a new entry when another result takes its place', async () => {
    const store = createStudyStore();
    const browser = browserAt('', fragment);
    followAddress(store, browser, createStudyFold('', null));
    await openPage(on(store), 'https://example.org/app/', '', fragment);
    vi.runAllTimers();
    expect(browser.entries).toEqual([`replace /app/?shapley-seeds=2${fragment}`]);
    const engine = { backend: 'wasm', device: 'a device', threads: 1, software: false } as const;
    store.setState(reduceEvent(store.getState(), { type: 'started', engine, result }));
    expect(browser.entries.slice(1)).toEqual(['push /app/?shapley-seeds=2']);
  });

  it('has the link back whose result comes back, also below a sheet, and leaves another one that is being read', async () => {
    const engine = { backend: 'wasm', device: 'a device', threads: 1, software: false } as const;
    for (const [isSheet, came, hash] of [
      [false, '', fragment],
      [true, '', fragment],
      [false, '#results', fragment],
      [false, '#r1.another', '#r1.another'],
      [false, '#m1.another', '#m1.another'],
    ] as const) {
      const store = createStudyStore();
      const fold = createStudyFold('', null);
      const browser = browserAt('?shapley-seeds=2', fragment);
      followAddress(store, browser, fold);
      await openPage(on(store), 'https://example.org/app/', '', fragment);
      const shown = shownOf(store.getState());
      store.setState(reduceEvent(store.getState(), { type: 'started', engine, result }));
      expect(browser.location.hash).toBe('');
      browser.location.hash = came;
      if (isSheet) openSheet(fold);
      store.setState(shown);
      if (isSheet) closeSheet(fold);
      vi.runAllTimers();
      expect(browser.location.hash).toBe(hash);
      expect(browser.entries.filter((entry) => entry.startsWith('push'))).toHaveLength(1);
    }
  });

  it('drops it below a sheet once the sheet is left, unless another one has come', async () => {
    for (const hash of [fragment, '#r1.another']) {
      const store = createStudyStore();
      const fold = createStudyFold('', null);
      const browser = browserAt('?shapley-seeds=2', fragment);
      followAddress(store, browser, fold);
      await openPage(on(store), 'https://example.org/app/', '', fragment);
      openSheet(fold);
      showResult(on(store), result, 'file');
      vi.runAllTimers();
      expect(browser.location.hash).toBe(fragment);
      browser.location.hash = hash;
      closeSheet(fold);
      expect(browser.location.hash).toBe(hash === fragment ? '' : hash);
      expect(browser.entries).toEqual(hash === fragment ? ['push /app/?shapley-seeds=2'] : []);
    }
  });

  it('drops a link that could not be read as well, once a result is on the page, and not before', async () => {
    const page = 'https://example.org/app/';
    const broken = fragment.slice(0, 40);
    const store = createStudyStore();
    const browser = browserAt('', broken);
    followAddress(store, browser, createStudyFold('', null));
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ ...result, config: DEFAULT_SAVED.config })));
    onTestFinished(() => void vi.unstubAllGlobals());
    const goTo = async (hash: string): Promise<void> => {
      browser.location.hash = hash;
      await openPage(on(store), page, '', hash);
      vi.runAllTimers();
    };
    await goTo(broken);
    expect(browser.location.hash).toBe(broken);
    await reopenSaved(on(store), page);
    expect(store.getState().source).toBe('saved');
    expect(browser.location.hash).toBe('');
    // From a link that can be read.
    await goTo(fragment);
    await goTo(broken);
    expect(store.getState().source).toBe('none');
    expect(browser.location.hash).toBe(broken);
    // Back to my own result.
    await goTo(fragment);
    store.setState({ source: 'live' });
    await goTo(broken);
    expect(browser.location.hash).toBe(broken);
    takeBack(on(store));
    expect(store.getState().source).toBe('live');
    expect(browser.location.hash).toBe('');
    expect(browser.entries.at(-1)).toMatch(/^push/);
  });

  it('keeps a link that is still being read while a saved result arrives, after no link and after another', async () => {
    const page = 'https://example.org/app/';
    for (const first of ['', fragment.slice(0, 40)]) {
      const store = createStudyStore();
      const browser = browserAt('', '');
      followAddress(store, browser, createStudyFold('', null));
      let arrive = (): void => {};
      const saved = { ...result, config: DEFAULT_SAVED.config };
      vi.stubGlobal('fetch', () => new Promise((resolve) => (arrive = () => resolve(Response.json(saved)))));
      onTestFinished(() => void vi.unstubAllGlobals());
      browser.location.hash = first;
      const opened = openPage(on(store), page, '', first);
      if (first !== '') await opened;
      const showing = first === '' ? opened : reopenSaved(on(store), page);
      browser.location.hash = fragment;
      arrive();
      await showing;
      expect(store.getState().source).toBe('saved');
      expect(browser.location.hash).toBe(fragment);
      await openPage(on(store), page, '', fragment);
      vi.runAllTimers();
      expect(store.getState().source).toBe('link');
      expect(browser.location.hash).toBe(fragment);
      expect(browser.entries.filter((entry) => entry.startsWith('push'))).toEqual([]);
    }
  });

  it('is older below a sheet than what was set in it, and written again', () => {
    const store = createStudyStore();
    const fold = createStudyFold('', null);
    const browser = browserAt('?steps=3', '');
    followAddress(store, browser, fold);
    openSheet(fold);
    store.setState(({ config }) => ({ config: { ...config, shots: 4 } }));
    closeSheet(fold);
    expect(browser.entries).toEqual([expect.stringMatching(/^replace \/app\/\?.*shots=4/)]);
  });
});

describe('opening an address', () => {
  const page = 'https://example.org/app/';

  it('shows the result of a link for reading', async () => {
    const store = createStudyStore();
    await openPage(on(store), page, '?shapley-seeds=2', fragment);
    expect(store.getState()).toMatchObject({ source: 'link', readOnly: true, config: result.config, error: null });
  });

  it('takes edited settings beside the result of a link', async () => {
    const store = createStudyStore();
    await openPage(on(store), page, '?shapley-seeds=2&steps=50&wamup=3', fragment);
    const { config, readOnly, notices, result: shown } = store.getState();
    expect(config.training.steps).toBe(50);
    expect(shown?.config.training.steps).toBe(600);
    expect(readOnly).toBe(false);
    expect(said(notices).join(' ')).toMatch(/“warmup” may be meant.*not those of the result/);
  });

  it('keeps the mark of an evaluation beside its link', async () => {
    const store = createStudyStore();
    const evaluated = { untold: result.config.arms.map(({ id }) => id), beyond: [] };
    const { fragment: link } = encodeResultLink({ ...result, config: { ...result.config, evaluated } });
    await openPage(on(store), page, '?shapley-seeds=2', `#${link}`);
    expect(store.getState()).toMatchObject({ config: { evaluated }, readOnly: true });
  });

  it('says what it skips in the language that the page speaks then', async () => {
    const store = createStudyStore();
    await openPage(on(store), page, '?search=nowhere&wamup=3', '');
    const german: Record<string, object> = { pageState, config };
    speak('de', (area) => german[area] ?? null);
    onTestFinished(speakEnglish);
    expect(said(store.getState().notices)).toEqual([
      expect.stringMatching(/^„search=nowhere“ wird .*„wamup.*„warmup“/),
    ]);
  });

  it('names the parts that the page does not have', async () => {
    const noticed = async (search: string): Promise<string> => {
      const store = createStudyStore();
      await openPage(on(store), page, search, '');
      return said(store.getState().notices).join(' ');
    };
    expect(await noticed('?search=nowhere')).toBe('“search=nowhere” is skipped: it can be plenty or few.');
    expect(await noticed('?map=treasure&steps=5')).toBe('“map=treasure” is skipped: it can be regime-map or draws.');
    expect(await noticed('?measure=soon')).toBe('“measure=soon” is skipped: these are no seconds.');
    for (const good of [
      '?search=few',
      '?map=regime-map',
      '?measure',
      '?measure=20',
      '?classroom=X',
      '?utm_source=mail',
    ])
      expect(await noticed(good)).toBe('');
  });

  it('says little of an address that is made to harm', async () => {
    const word = 'x'.repeat(2 ** 20);
    for (const search of [
      `?steps=${word}`,
      `?search=${word}`,
      `?stpes=1&${word}=${word}`,
      `?arms=${word}`,
      `?v=${word}`,
      `?${word}.rank=3`,
      `?arms=${'x,'.repeat(2 ** 19)}`,
      `?${'steps=x&'.repeat(1000)}`,
    ]) {
      const store = createStudyStore();
      await openPage(on(store), page, search, '');
      expect(said(store.getState().notices).join(' ').length, search.slice(0, 20)).toBeLessThan(3000);
    }
  });

  it('shows what is left of a damaged link, and says so', async () => {
    const store = createStudyStore();
    await openPage(on(store), page, '', fragment.slice(0, 1500));
    expect(store.getState().error?.()).toMatch(/cut off/);
    expect(store.getState().result?.landscape.length).toBeGreaterThan(0);
    const set = { digest: 'of the result before', imageSize: 1, pixels: new Uint8Array(3), labels: Int32Array.of(0) };
    store.setState({ testSets: [set] });
    await openPage(on(store), page, '?steps=50', fragment.slice(0, 40));
    expect(store.getState()).toMatchObject({ source: 'none', result: null, config: { training: { steps: 50 } } });
    expect(store.getState()).toMatchObject({ images: null, testSets: [] });
  });

  it('says of a link of the first kind how much came, and that it cannot tell what is missing', async () => {
    const early = `#${readFileSync('tests/golden/links/r1-default.txt', 'utf8').trim()}`;
    const store = createStudyStore();
    await openPage(on(store), page, '', early.slice(0, 701));
    expect(store.getState().error?.()).toContain('700 of 1,955 characters. What came before the cut is shown');
    expect(store.getState().result).not.toBeNull();
  });

  it('changes nothing before the page stands', async () => {
    const store = createStudyStore();
    let stands = (): void => {};
    const opened = openPage(on(store), page, '', fragment, new Promise((resolve) => (stands = resolve)));
    await import('./result-address.ts');
    expect(store.getState().source).toBe('none');
    stands();
    await opened;
    expect(store.getState().source).toBe('link');
  });

  it('has its settings on the page before a saved result comes, and beside it', async () => {
    const store = createStudyStore(DEFAULT_SAVED.config);
    const saved = { ...result, config: DEFAULT_SAVED.config };
    let arrive = (): void => {};
    vi.stubGlobal('fetch', () => new Promise((resolve) => (arrive = () => resolve(Response.json(saved)))));
    const opened = openPage(on(store), page, '?steps=50', '', Promise.resolve());
    await vi.waitFor(() => expect(store.getState().config.training.steps).toBe(50), PATIENT);
    arrive();
    await opened;
    expect(store.getState()).toMatchObject({ source: 'saved', config: { training: { steps: 50 } } });
    vi.unstubAllGlobals();
  });

  it('leaves settings alone that were changed while a saved result was on its way', async () => {
    const store = createStudyStore(DEFAULT_SAVED.config);
    let arrive = (): void => {};
    vi.stubGlobal('fetch', () => new Promise((resolve) => (arrive = () => resolve(Response.json(result)))));
    const opened = openPage(on(store), page, '?steps=50', '', Promise.resolve());
    await vi.waitFor(() => expect(store.getState().config.training.steps).toBe(50), PATIENT);
    store.setState({ config: quick.config });
    arrive();
    await opened;
    expect(store.getState().config).toBe(quick.config);
    vi.unstubAllGlobals();
  });

  it('offers the quick study where there is no saved result', async () => {
    const store = createStudyStore(DEFAULT_SAVED.config);
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 404 })));
    await openPage(on(store), page, '', '');
    expect(store.getState()).toMatchObject({ result: null, config: quick.config });
    vi.unstubAllGlobals();
  });

  it('offers none where settings were changed while the saved result was asked for', async () => {
    const store = createStudyStore(DEFAULT_SAVED.config);
    const chosen = { ...DEFAULT_SAVED.config, shots: 3 };
    vi.stubGlobal('fetch', () => {
      store.setState({ config: chosen });
      return Promise.resolve(new Response(null, { status: 404 }));
    });
    await openPage(on(store), page, '', '');
    expect(store.getState()).toMatchObject({ result: null, config: chosen });
    vi.unstubAllGlobals();
  });

  it('shows what the address says again when the reader goes back from a link', async () => {
    const store = createStudyStore();
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ ...result, config: DEFAULT_SAVED.config })));
    const { location, history } = browserAt('', '');
    const window = Object.assign(new EventTarget(), { location, history });
    let opened = Promise.resolve(true);
    const fold = createStudyFold('', null);
    followAddress(store, window, fold);
    followLinks(store, window, fold, () => (opened = openPage(on(store), page, '', location.hash)));
    /** As a step in the history to an entry with another query does. */
    const goTo = async (hash: string): Promise<string> => {
      location.hash = hash;
      window.dispatchEvent(new Event('popstate'));
      await opened;
      return store.getState().source;
    };
    expect(await goTo(fragment)).toBe('link');
    store.setState({ notices: [() => 'still here'] });
    await goTo(fragment); // a sheet over the page is closed
    expect(said(store.getState().notices)).toEqual(['still here']);
    expect(await goTo('#results')).toBe('link');
    expect(await goTo('')).toBe('saved');
    expect(await goTo(fragment.slice(0, 1500))).toBe('link');
    expect(await goTo('')).toBe('saved');
    expect(store.getState().error).toBeNull();
    expect(await goTo(fragment.slice(0, 40))).toBe('none');
    expect(await goTo('')).toBe('saved');
    expect(await goTo(fragment)).toBe('link');
    // A study takes its place, in an entry of its own.
    store.setState({ source: 'live' });
    expect(location.hash).toBe('');
    expect(await goTo('')).toBe('live');
    expect(await goTo(fragment)).toBe('link');
    // The same below a sheet, whose entry is left for that of the link.
    openSheet(fold);
    store.setState({ source: 'live' });
    expect(await goTo(fragment)).toBe('live');
    closeSheet(fold);
    expect(location.hash).toBe('');
    expect(await goTo(fragment)).toBe('link');
    vi.unstubAllGlobals();
  });

  it('does not disturb a running study', async () => {
    const store = createStudyStore();
    store.setState({ status: 'running' });
    await openPage(on(store), page, '', fragment);
    expect(store.getState().result).toBeNull();
    expect(said(store.getState().notices).join()).toMatch(/running here/);
  });

  it('is the own one again where a study runs and the link is refused, which opens once the study has ended', async () => {
    const store = createStudyStore();
    store.setState({ status: 'running', source: 'live', config: { ...quick.config, shots: 3 } });
    const { location, history, entries } = browserAt('?shots=3', '');
    const window = Object.assign(new EventTarget(), { location, history });
    let opened = Promise.resolve(true);
    const fold = createStudyFold('', null);
    followLinks(store, window, fold, () => (opened = openPage(on(store), page, location.search, location.hash)));
    const goTo = async (hash: string): Promise<void> => {
      location.hash = hash;
      window.dispatchEvent(new Event('popstate'));
      window.dispatchEvent(new Event('hashchange'));
      await opened;
      await Promise.resolve();
    };
    await goTo(fragment);
    expect(store.getState().notices).toHaveLength(1);
    expect(location.hash).toBe('');
    expect(location.search).toContain('shots=3');
    expect(entries).toHaveLength(1);
    store.setState({ status: 'idle' });
    await goTo(fragment);
    expect(store.getState().source).toBe('link');
  });
});
