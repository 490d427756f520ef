import { speak, speakEnglish, type Said } from '../../core/language/catalogue.ts';
import { studyFiles } from './study-file-words.de.ts';
import { describe, expect, it, vi, onTestFinished } from 'vitest';
import { zipSync } from 'fflate';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { said } from '../../core/language/catalogue.ts';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import { readStudy } from '../../share/study-file/read-study.ts';
import { packStudy } from '../../share/study-file/study-file.ts';
import { createAdaptersStore } from '../adapters/adapters-store.ts';
import { createClassroomStore } from './classroom.ts';
import { encodeResultLink } from '../../share/link/result-link.ts';
import { openPage } from '../page/open-page.ts';
import { openStudyFile, type OpenInto, type ReadStudy } from './open-study-file.ts';
import { showResult } from './replace-shown.ts';
import { createStudyStore, type StudyStore } from './study-store.ts';

const result = studyResultFixture();
const shapes = { vision: { layers: 2, width: 4, mlpWidth: 8 } };
const layout = createAdapterLayout(shapes, { rank: 1, towers: ['vision'], projections: ['q'] });
const adapter = {
  armId: 'copra',
  armName: 'CopRA',
  seed: 1,
  layout,
  scale: 1,
  values: new Float32Array(layout.size).fill(0.5),
  gates: { steps: 600, activeSteps: [600, 600] },
  base: { family: 'clip' as const, shapes, layerScales: null, rowNorms: null },
};

const dropped = (path: string, ...parts: BlobPart[]) => {
  const blob = new Blob(parts);
  return [{ path, size: blob.size, blob }];
};

async function open(files: ReturnType<typeof dropped>) {
  const study = createStudyStore();
  const adapters = createAdaptersStore();
  const classroom = createClassroomStore();
  const openSearch = vi.fn();
  const ours = await openStudyFile(files, { study, adapters, classroom, openSearch }, readStudy);
  const { students } = classroom.getState();
  const { adapters: stored, extras } = adapters.getState();
  return { ours, state: study.getState(), adapters: stored, extras, students, openSearch };
}

/** What says something like this. */
const saying = (words: RegExp): unknown =>
  expect.toSatisfy((say: unknown) => typeof say === 'function' && words.test(String((say as Said)())));

describe('a dropped file', () => {
  it('that is a study shows its result and brings its adapters', async () => {
    const { ours, state, adapters } = await open(
      dropped('study.zip', packStudy({ result, adapters: [adapter], thumbnails: [] })),
    );
    expect(ours).toBe(true);
    expect(state).toMatchObject({ result, source: 'file', readOnly: true, config: result.config, error: null });
    expect(adapters).toEqual([{ ...adapter, id: 'copra/1', study: result.config, classes: result.task.classes }]);
  });

  it('that is a result or settings opens as such', async () => {
    expect((await open(dropped('a.json', JSON.stringify(result)))).state).toMatchObject({ result, source: 'file' });
    const { state } = await open(dropped('config.json', JSON.stringify({ ...result.config, shots: 3 })));
    expect(state).toMatchObject({ result: null, config: { shots: 3 } });
  });

  it('of a later version says that settings are missing, and they cannot be run', async () => {
    const { config } = result;
    const later = { ...config, training: { ...config.training, labelSmoothing: 0.1 } };
    const ofLater = { ...result, config: later };
    for (const file of [
      dropped('a.zip', packStudy({ result: ofLater, adapters: [], thumbnails: [] })),
      dropped('a.json', JSON.stringify(ofLater)),
      dropped('config.json', JSON.stringify(later)),
    ]) {
      const { state } = await open(file);
      expect(state.config).toEqual({ ...config, incomplete: true });
      expect(said(state.notices).join()).toMatch(/newer version of the page made it/);
    }
    const { students } = await open([...dropped('a.json', JSON.stringify(ofLater)), ...dropped('b.json', '{')]);
    expect(students).toHaveLength(1);
  });

  it.each([
    dropped('images.zip', zipSync({ 'cat/1.png': new Uint8Array(9) })),
    dropped('labels.json', '{"a": 1}'),
    dropped('broken.json', '{'),
    dropped('list.json', '[1, 2]'),
    dropped('cat.png', 'x'),
    [...dropped('a.json', JSON.stringify(result)), ...dropped('b.png', 'x')],
    [],
  ])('that is something else is left alone', async (...files) => {
    const { ours, state } = await open(files);
    expect(ours).toBe(false);
    expect(state.error).toBeNull();
  });

  it('that is damaged says so and changes nothing', async () => {
    const whole = packStudy({ result, adapters: [], thumbnails: [] });
    const { ours, state } = await open(dropped('study.zip', whole.subarray(0, 3000)));
    expect(ours).toBe(true);
    expect(state).toMatchObject({ result: null, source: 'none' });
    expect(state.error?.()).toMatch(/^study\.zip was not opened\. The zip is damaged/);
    // In whatever language the page speaks when it is read.
    onTestFinished(speakEnglish);
    speak('de', (area) => (area === 'studyFiles' ? studyFiles : null));
    expect(state.error?.()).toMatch(/^study\.zip wurde nicht geöffnet/);
    speakEnglish();
    expect((await open(dropped('r.json', JSON.stringify({ ...result, task: 3 })))).state.error?.()).toMatch(/task/);
  });

  it('that comes with others is a class: the study on the page stays, adapters come along, the rest is named', async () => {
    const { ours, state, students, extras } = await open([
      ...dropped('anna.zip', packStudy({ result, adapters: [adapter], thumbnails: [] })),
      ...dropped('ben.json', JSON.stringify(studyResultFixture({ seed: 2 }))),
      ...dropped('broken.zip', packStudy({ result, adapters: [], thumbnails: [] }).subarray(0, 3000)),
      ...dropped('labels.json', '{"a": 1}'),
    ]);
    expect(ours).toBe(true);
    expect(state).toMatchObject({ result: null, error: null });
    expect(students.map(({ name }) => name)).toEqual(['anna', 'ben']);
    expect(extras).toMatchObject([{ id: 'class/anna/copra/1', name: 'anna · CopRA · seed 1', values: adapter.values }]);
    expect(said(state.notices).join(' ')).toMatch(/broken\.zip was not opened.*1 of the files is no result/);
  });

  describe('that is read slowly', () => {
    const later = { ...result, provenance: { ...result.provenance, date: '2026-02-02T00:00:00.000Z' } };
    /** Opens it, and does something else before it is read. */
    async function openSlowly(study: StudyStore, meanwhile: (into: OpenInto) => Promise<void> | void) {
      const into: OpenInto = {
        study,
        adapters: createAdaptersStore(),
        classroom: createClassroomStore(),
        openSearch: vi.fn(),
      };
      let go = (): void => {};
      const read: ReadStudy = async (...file) => {
        await new Promise<void>((resolve) => (go = resolve));
        return readStudy(...file);
      };
      const opened = openStudyFile(dropped('slow.json', JSON.stringify(result)), into, read);
      await meanwhile(into);
      go();
      expect(await opened).toBe(true);
      return study.getState();
    }

    it('does not take the place of one that was opened after it', async () => {
      const state = await openSlowly(createStudyStore(), async (into) => {
        await openStudyFile(dropped('fast.json', JSON.stringify(later)), into, readStudy);
      });
      expect(state).toMatchObject({ result: later, error: null });
      const linked = await openSlowly(createStudyStore(), async (into) => {
        const { fragment } = encodeResultLink(later);
        expect(await openPage(into, 'https://example.org/', '', `#${fragment}`)).toBe(true);
      });
      expect(linked).toMatchObject({ source: 'link', error: null });
    });

    it('says so where settings were set or a study was shown meanwhile, and leaves them', async () => {
      const set = { ...result.config, shots: 3 };
      const state = await openSlowly(createStudyStore(), ({ study }) => study.setState({ config: set }));
      expect(state).toMatchObject({
        config: set,
        result: null,
        error: saying(/slow\.json.*else/),
      });
      const studied = createStudyStore();
      studied.setState({ source: 'saved' });
      expect(await openSlowly(studied, (into) => showResult(into, later, 'file'))).toMatchObject({ result: later });
    });

    it('is shown where the file that was opened after it is no study, or cannot be read', async () => {
      for (const content of ['{"a": 1}', JSON.stringify({ ...result, task: 3 })]) {
        const state = await openSlowly(createStudyStore(), async (into) => {
          await openStudyFile(dropped('other.json', content), into, readStudy);
        });
        expect(state).toMatchObject({ result, source: 'file' });
        expect(state.error?.() ?? '').toMatch(content === '{"a": 1}' ? /^$/ : /^other\.json was not opened\. .*task/);
      }
    });

    it('does not take away what a damaged file says that was dropped after it, and neither do a link and a saved result', async () => {
      const damaged = JSON.stringify({ ...result, task: 3 });
      const { fragment } = encodeResultLink(later);
      vi.stubGlobal('fetch', () => Promise.resolve(Response.json(later)));
      for (const [hash, source] of [
        [`#${fragment}`, 'link'],
        ['', 'saved'],
      ]) {
        const study = createStudyStore();
        study.setState({ error: () => 'of before' });
        const into = { study, adapters: createAdaptersStore(), classroom: createClassroomStore(), openSearch: vi.fn() };
        let rendered = (): void => {};
        const paint = new Promise<void>((resolve) => (rendered = resolve));
        const opened = openPage(into, 'https://example.org/', '', hash, paint);
        await openStudyFile(dropped('after.json', damaged), into, readStudy);
        rendered();
        await opened;
        expect(study.getState()).toMatchObject({ source });
        expect(study.getState().error?.()).toMatch(/^after\.json was not opened/);
      }
      vi.unstubAllGlobals();
    });

    it('leaves a link that was opened before it only if it is a study', async () => {
      const { fragment } = encodeResultLink(later);
      for (const [content, source] of [
        ['{"a": 1}', 'link'],
        [JSON.stringify(result), 'file'],
      ]) {
        const study = createStudyStore();
        const into = { study, adapters: createAdaptersStore(), classroom: createClassroomStore(), openSearch: vi.fn() };
        const linked = openPage(into, 'https://example.org/', '', `#${fragment}`);
        await openStudyFile(dropped('after.json', content), into, readStudy);
        await linked;
        expect(study.getState()).toMatchObject({ source, error: null });
      }
    });

    it('is shown in place of the saved result that comes meanwhile', async () => {
      const page = createStudyStore({ ...later.config });
      expect(await openSlowly(page, (into) => showResult(into, later, 'saved'))).toMatchObject({
        result,
        source: 'file',
        error: null,
      });
    });

    it('does not take the place of a saved result that the reader chose meanwhile', async () => {
      const chosen = { ...later, config: { ...later.config, shots: 3 } };
      const state = await openSlowly(createStudyStore(later.config), (into) => showResult(into, chosen, 'saved'));
      expect(state).toMatchObject({
        result: chosen,
        source: 'saved',
        error: saying(/slow\.json/),
      });
    });
  });

  it('does not disturb a running study', async () => {
    const study = createStudyStore();
    study.setState({ status: 'running' });
    const openSearch = vi.fn();
    const into = { study, adapters: createAdaptersStore(), classroom: createClassroomStore(), openSearch };
    expect(await openStudyFile(dropped('a.json', JSON.stringify(result)), into, readStudy)).toBe(true);
    expect(study.getState()).toMatchObject({ result: null, error: saying(/running/) });
  });
});
