/** A search on the page's thread: opened by address and from files, its points, and what it offers. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { searchFixture, testedSearch } from '../../../tests/fixtures/schedule-search.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { searchCsv } from '../../share/csv/search-csv.ts';
import { readStudy } from '../../share/study-file/read-study.ts';
import { few, plenty } from '../../study/schedules/regimes.ts';
import { JUDGED, TAKES } from '../../study/schedules/schedule-search.ts';
import { candidateStudy } from '../../study/schedules/candidate-study.ts';
import { queryToConfig } from '../../share/config/config-query.ts';
import { queryFor } from '../page/url.ts';
import { createAdaptersStore } from '../adapters/adapters-store.ts';
import { createClassroomStore } from '../study/classroom.ts';
import { createStudyStore } from '../study/study-store.ts';
import { offeredBy, offeredSchedules } from './offered-schedules.ts';
import { openSearchFile, openTestResult, readShownSearch } from './search-commands.ts';
import { evidenceText, pointsOf, roundsOf, unbeatenIn } from './search-points.ts';
import { createSearchStore, openSearch, showSearch, type SearchStore } from './search-store.ts';

const PAGE = 'https://example.org/page/';
const search = testedSearch('ahead');

const addressBar = (query = '') => ({
  location: { pathname: '/page/', search: query, hash: '' },
  history: { replaceState: vi.fn() },
});
/** What the page comes with: JSON by path. */
function serve(files: Readonly<Record<string, unknown>>): void {
  vi.stubGlobal('fetch', (address: URL) => {
    const file = files[address.pathname.replace('/page/', '')];
    return Promise.resolve(file === undefined ? new Response('', { status: 404 }) : Response.json(file));
  });
}
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a search in the address', () => {
  it('is read with the figure', async () => {
    serve({ 'showcase/schedule-plenty.json': search });
    const store = createSearchStore('?steps=3&search=plenty');
    expect(store.getState()).toMatchObject({ regime: plenty, search: null, isMissing: false });
    await readShownSearch(store, PAGE);
    expect(store.getState().search).toEqual(search);
  });

  it('says whether the page comes with none, or with one that cannot be read', async () => {
    serve({ 'showcase/schedule-plenty.json': { ...search, version: 3 } });
    const store = createSearchStore('?search=plenty');
    await readShownSearch(store, PAGE);
    expect(store.getState().search).toBeNull();
    expect(store.getState().problem?.()).toContain('version 3');
    const missing = createSearchStore('?search=few');
    await readShownSearch(missing, PAGE);
    expect(missing.getState()).toMatchObject({ regime: few, search: null, isMissing: true, problem: null });
    const page = new Response('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } });
    vi.stubGlobal('fetch', () => Promise.resolve(page));
    const answered = createSearchStore('?search=few');
    await readShownSearch(answered, PAGE);
    expect(answered.getState()).toMatchObject({ search: null, isMissing: true, problem: null });
    expect(createSearchStore('?search=nowhere').getState().regime).toBeNull();
  });

  it('is written there when it is shown, and goes when it is closed or another file is opened', () => {
    const store = createSearchStore('');
    const browser = addressBar('?steps=3');
    showSearch(store, browser, plenty);
    expect(browser.history.replaceState).toHaveBeenLastCalledWith(null, '', '/page/?search=plenty&steps=3');
    openSearch(store, addressBar('?search=plenty&steps=3'), 'own.json', search);
    expect(store.getState()).toMatchObject({ regime: plenty, search, file: 'own.json' });
    showSearch(store, browser, plenty);
    expect(store.getState()).toMatchObject({ regime: plenty, search: null, file: null });
    showSearch(store, browser, null);
    expect(store.getState().regime).toBeNull();
  });
});

describe('the file of a search', () => {
  const file = (text: string) => new File([text], 'own.json');

  it('takes the place of the one that is shown', async () => {
    const store = createSearchStore('');
    const browser = addressBar('?search=plenty&steps=3');
    await openSearchFile(store, browser, file(JSON.stringify(search)), readStudy);
    expect(store.getState()).toMatchObject({ regime: plenty, search, file: 'own.json', problem: null });
    expect(browser.history.replaceState).toHaveBeenLastCalledWith(null, '', '/page/?steps=3');
  });

  it('counts as another search than one of the same name', async () => {
    const store = createSearchStore('');
    const opened = async (): Promise<number> => {
      await openSearchFile(store, addressBar(), file(JSON.stringify(search)), readStudy);
      return store.getState().opened;
    };
    expect(await opened()).not.toBe(await opened());
  });

  it.each([
    [
      'another was asked for',
      (store: SearchStore) => openSearch(store, addressBar(), 'newest.json', search),
      'newest.json',
    ],
    ['the search was closed', (store: SearchStore) => showSearch(store, addressBar(), null), null],
  ])('is left where %s while it was read', async (_, act, shown) => {
    const store = createSearchStore('');
    let go = (): void => {};
    const read = new Promise<void>((resolve) => (go = resolve));
    const late = [JSON.stringify(search), '{'].map((text) =>
      openSearchFile(store, addressBar(), file(text), (...asked) => read.then(() => readStudy(...asked))),
    );
    act(store);
    go();
    await Promise.all(late);
    expect(store.getState()).toMatchObject({ file: shown, problem: null });
  });

  it.each([
    ['{', 'own.json was not opened. This is no search for a schedule.'],
    ['[]', 'own.json was not opened. This is no search for a schedule.'],
    [
      JSON.stringify({ ...search, references: ['x'] }),
      'own.json was not opened. The search is damaged: The search speaks of “x”, which is none of its candidates.',
    ],
  ])('that is bad is refused in words, and what is shown stays', async (text, problem) => {
    const store = createSearchStore('');
    openSearch(store, addressBar(), 'good.json', search);
    await openSearchFile(store, addressBar(), file(text), readStudy);
    expect(store.getState()).toMatchObject({ search, file: 'good.json' });
    expect(store.getState().problem?.()).toEqual(problem);
  });
});

describe('a file that is made to harm', () => {
  it('is not even read where it is larger than any search', async () => {
    const store = createSearchStore('');
    const read = vi.fn(readStudy);
    await openSearchFile(store, addressBar(), new File([new Uint8Array(2 ** 24 + 1)], 'zeros.json'), read);
    expect(read).not.toHaveBeenCalled();
    expect(store.getState().problem?.()).toContain('no search');
  });

  it('is refused in a few words, however many it holds', async () => {
    const store = createSearchStore('');
    const word = 'x'.repeat(2 ** 20);
    for (const bad of [{ version: word }, { regime: word }, { references: [word] }, { budget: word }]) {
      const file = new File([JSON.stringify({ ...search, ...bad })], 'own.json');
      await openSearchFile(store, addressBar(), file, readStudy);
      expect(store.getState().problem?.()).toMatch(/^own\.json was not opened/);
      expect(store.getState().problem?.().length).toBeLessThan(2500);
    }
  });
});

describe('the result of the test', () => {
  const into = () => ({
    study: createStudyStore(),
    adapters: createAdaptersStore(),
    classroom: createClassroomStore(),
  });

  it('is shown as a study with all its figures', async () => {
    const result = studyResultFixture();
    serve({ 'showcase/schedule-plenty.result.json': result });
    const [store, page] = [createSearchStore('?search=plenty'), into()];
    await openTestResult(store, page, PAGE);
    expect(page.study.getState()).toMatchObject({ result, source: 'file', config: result.config });
  });

  it('leaves an error that was told while it was read', async () => {
    serve({ 'showcase/schedule-plenty.result.json': studyResultFixture() });
    const [store, page] = [createSearchStore('?search=plenty'), into()];
    const opening = openTestResult(store, page, PAGE);
    const told = () => 'x.json was not opened.';
    page.study.setState({ error: told });
    await opening;
    expect(page.study.getState()).toMatchObject({ source: 'file', error: told });
  });

  it('does not disturb a running study, and says where there is none', async () => {
    serve({ 'showcase/schedule-plenty.result.json': studyResultFixture() });
    const [store, page] = [createSearchStore('?search=plenty'), into()];
    page.study.setState({ status: 'running' });
    await openTestResult(store, page, PAGE);
    expect(store.getState().problem?.()).toContain('A study is running');
    serve({});
    page.study.setState({ status: 'idle' });
    await openTestResult(store, page, PAGE);
    expect(page.study.getState().result).toBeNull();
    expect(store.getState().problem?.()).toMatch(/cannot be opened/);
  });
});

describe('the points of a round', () => {
  it('are all that was tried, best first, with the frontier as brute force finds it', () => {
    for (const round of roundsOf(search)) {
      const points = pointsOf(search, round);
      expect(points).toHaveLength(round.rung.tried.length);
      for (const point of points) {
        const values = JUDGED.map((judged) => point.values[judged] ?? NaN);
        const isBeaten = points.some((other) => {
          const others = JUDGED.map((judged) => other.values[judged] ?? NaN);
          return others.every((value, i) => value >= values[i]) && others.some((value, i) => value > values[i]);
        });
        expect(point.isUnbeaten).toBe(!isBeaten);
      }
      const line = unbeatenIn(points, 'accuracy', 'kept').map(({ values }) => values.accuracy ?? NaN);
      expect(line).toEqual(line.toSorted((a, b) => b - a));
    }
  });

  it('leave a measure open that no seed has', () => {
    const [rung] = searchFixture(1).rungs;
    const unknown = { ...rung, tried: rung.tried.map((tried, i) => (i === 6 ? { ...tried, kept: [] } : tried)) };
    const points = pointsOf({ ...search, rungs: [unknown] }, { place: 0, rung: unknown, isTest: false });
    const last = points.at(-1)!;
    expect([last.values.kept, last.margin, last.isUnbeaten]).toEqual([null, -Infinity, false]);
  });

  it('are a table, a row for each', () => {
    const rows = searchCsv(search).trimEnd().split('\r\n');
    const tried = roundsOf(search).reduce((sum, { rung }) => sum + rung.tried.length, 0);
    expect(rows).toHaveLength(1 + tried);
    expect(rows[0]).toBe(
      'round,steps,seeds,images,of,candidate,name,take,accuracy,accuracy_n,kept,kept_n,midpoint,midpoint_n,margin,fate',
    );
    expect(rows[1]).toMatch(/^1,500,2,400,validation,lora,LoRA,last,0\.\d+,2,0\.\d+,2,0\.\d+,1,-?\d\S*,reference$/);
    expect(rows.filter((row) => row.startsWith('test,2000,6,796,test,'))).toHaveLength(search.confirmed.tried.length);
  });
});

it('has every candidate as a study in an address', () => {
  for (const regime of [plenty, few])
    for (const candidate of testedSearch('ahead', regime).candidates)
      for (const take of TAKES) {
        const config = candidateStudy(regime, candidate, take);
        const opened = queryToConfig(queryFor('?search=plenty', config));
        expect(opened).toEqual({ config, isOfOtherVersion: false, problems: [] });
      }
});

describe('a schedule is a method of the page', () => {
  it('with the settings of the winner and its evidence, where its test is ahead', () => {
    const offered = offeredBy(plenty, search)!;
    const { winner } = search.confirmed;
    const candidate = search.candidates.find(({ id }) => id === winner.candidate)!;
    expect(offered.arm).toMatchObject({ ...candidate.change, method: candidate.method });
    expect(offered.arm.take ?? 'last').toBe(winner.take);
    expect(offered.evidence).toMatch(
      /^Found by a search, then tested on 6 fresh seeds and 796 test images: clearly above LoRA in gain kept and midpoint, .*CopRA in accuracy/,
    );
  });

  it.each(['behind', 'unclear'] as const)('not where its test is %s', (outcome) => {
    expect(offeredBy(plenty, testedSearch(outcome))).toBeNull();
    expect(evidenceText(testedSearch(outcome))).toBeNull();
  });

  it('read from the searches that the page comes with; one that is missing or damaged offers nothing', async () => {
    const saved = { ...plenty, saved: true as const };
    serve({ 'showcase/schedule-plenty.json': search });
    expect(await offeredSchedules(PAGE, [saved, { ...few, saved: true }])).toHaveLength(1);
    expect(await offeredSchedules(PAGE, [few])).toEqual([]);
    serve({ 'showcase/schedule-plenty.json': { ...search, candidates: 3 } });
    expect(await offeredSchedules(PAGE, [saved])).toEqual([]);
    serve({ 'showcase/schedule-plenty.json': searchFixture() });
    expect(await offeredSchedules(PAGE, [saved])).toEqual([]);
  });
});
