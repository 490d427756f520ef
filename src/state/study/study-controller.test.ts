import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import type { CheckpointHead } from '../../study/checkpoint/checkpoint.ts';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { twoOwnImages } from '../../../tests/support/own-images.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import { imagesDigest } from '../../data/image/images-digest.ts';
import { withStudy } from '../adapters/adapters-store.ts';
import { runInPlace, takeBack } from './replace-shown.ts';
import { runKey } from './shown.ts';
import { lossByReload } from './study-store.ts';
import { engine, result, setUp, started } from './test-client.ts';
import { PATIENT } from '../../../tests/support/patient.ts';
import { said, speak, speakEnglish } from '../../core/language/catalogue.ts';
import { studyCheckpoints } from '../../study/checkpoint/words.de.ts';
import { WorkerCrash } from '../../worker/client.ts';
import { RunsElsewhere } from '../../study/checkpoint/runs-elsewhere.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const layout = createAdapterLayout(
  { vision: { layers: 2, width: 4, mlpWidth: 8 } },
  { rank: 1, towers: ['vision'], projections: ['q'] },
);
const base = { family: 'clip' as const, shapes: {}, layerScales: null, rowNorms: null };
const adapterOf = (arm: string, seed: number) => ({
  arm,
  seed,
  layout,
  scale: 1,
  values: new Float32Array(layout.size),
  base,
  gates: { steps: 600, activeSteps: [600, 600] },
});
/** Those of all runs of a study, as its file has them. */
const adaptersOf = ({ config }: StudyResult) =>
  config.arms.flatMap(({ id, name }) =>
    config.seeds.map((seed) => ({ ...adapterOf(id, seed), armId: id, armName: name })),
  );

describe('a run', () => {
  it('remembers of which own images a study is; one that does not begin leaves those of the result shown', async () => {
    const own = (classes: readonly string[]): DroppedDataset => ({
      name: 'own',
      imageSize: 1,
      classes,
      prompts: classes,
      pixels: new Uint8Array(6),
      labels: Int32Array.of(0, 1),
      split: Uint8Array.of(0, 2),
    });
    const { store, show, send, end, fail, controller } = setUp();
    const running = controller.run(own(['a', 'b']));
    send(started);
    end();
    await running;
    expect(store.getState().images?.classes).toEqual(['a', 'b']);
    const failing = controller.run(own(['c', 'd']));
    expect(store.getState().images?.classes).toEqual(['c', 'd']);
    fail(new Error('No.'));
    await failing;
    expect(store.getState().images?.classes).toEqual(['a', 'b']);
    show(studyResultFixture(), 'file');
    expect(store.getState().images).toBeNull();
  });

  it('keeps its own test images until another result has replaced its own, whatever becomes of those on the page', async () => {
    const startedWith = (value: number) => {
      const testDigest = imagesDigest(twoOwnImages(value), [1]);
      return { ...started, result: { ...started.result, task: { ...started.result.task, testDigest } } };
    };
    const { store, show, send, end, fail, controller } = setUp();
    const kept = () => store.getState().testSets.map(({ pixels }) => pixels[0]);
    const running = controller.run(twoOwnImages(1));
    send(startedWith(1));
    end();
    await running;
    expect(kept()).toEqual([1]);
    const failing = controller.run(twoOwnImages(2));
    fail(new Error('No.'));
    await failing;
    expect(kept()).toEqual([1]);
    const next = controller.run(twoOwnImages(2));
    send(startedWith(2));
    // The earlier result is still shown.
    expect(kept()).toEqual([1, 2]);
    end();
    await next;
    expect(kept()).toEqual([2]);
    // Its own file, opened.
    show(startedWith(2).result, 'file');
    expect(kept()).toEqual([2]);
    show(studyResultFixture(), 'saved');
    expect(kept()).toEqual([]);
  });

  it('replaces what was shown when it starts, fills up, and ends idle', async () => {
    const { store, show, send, end, controller } = setUp();
    show(studyResultFixture(), 'saved');
    const running = controller.run(null);
    expect(store.getState()).toMatchObject({ status: 'starting', source: 'saved' });
    send(started);
    expect(store.getState()).toMatchObject({ status: 'running', source: 'live', device: { status: 'ready', engine } });
    send({ type: 'found', part: 'runs', found: [result.runs[0]], identity: ['arm', 'seed'] });
    expect(store.getState().result?.runs).toHaveLength(0);
    vi.advanceTimersByTime(300);
    expect(store.getState().result?.runs).toEqual([result.runs[0]]);
    send({ type: 'finished', result: { ...result, status: 'complete' } });
    end();
    await running;
    expect(store.getState()).toMatchObject({ status: 'idle', progress: { done: 1, total: 1 }, error: null });
    expect(store.getState().result?.status).toBe('complete');
  });

  it('keeps the earlier result beside its own until it ends, however it ends, and over a worker that begins again', async () => {
    const { store, show, send, end, fail, controller } = setUp();
    const earlier = studyResultFixture();
    show(earlier, 'saved');
    const running = controller.run(null);
    expect(store.getState().before).toBeNull();
    send(started);
    expect(store.getState().before).toBe(earlier);
    send({ type: 'found', part: 'runs', found: [result.runs[0]], identity: ['arm', 'seed'] });
    vi.advanceTimersByTime(300);
    send(started);
    expect(store.getState()).toMatchObject({ before: earlier, result: { runs: [] } });
    const own = { ...result, status: 'complete' as const };
    send({ type: 'finished', result: own });
    expect(store.getState().before).toBeNull();
    end();
    await running;
    const failing = controller.run(null);
    send(started);
    expect(store.getState().before).toBe(own);
    fail(new Error('out of memory'));
    await failing;
    expect(store.getState()).toMatchObject({ status: 'idle', before: null });
  });

  it('is known to be a whole study of this page, unlike one that is resumed, extended or completed', async () => {
    const { store, answers, send, end, controller } = setUp();
    const { config } = store.getState();
    const running = controller.run(null);
    expect(store.getState().isNew).toBe(true);
    send(started);
    end();
    await running;
    answers.continue.mockImplementation((_, { onNews }) => {
      onNews?.({ ...started, result: { ...started.result } });
      return Promise.resolve();
    });
    await controller.continueStudy({ id: 'a', head: { config } as CheckpointHead }, Promise.resolve(null));
    expect(store.getState().isNew).toBe(false);
  });

  it('that adds seeds has the earlier findings itself', () => {
    const { store, show, send, controller } = setUp();
    show(studyResultFixture(), 'saved');
    void controller.run(null);
    send({ ...started, adds: true });
    expect(store.getState().before).toBeNull();
  });

  it('keeps the settings it began with, whatever is set for the next one', async () => {
    const { store, send, end, controller } = setUp();
    const { config } = store.getState();
    expect(store.getState().underWay).toBeNull();
    const running = controller.run(null);
    store.setState({ config: { ...config, seeds: [9] } });
    expect(store.getState().underWay).toBe(config);
    send(started);
    store.setState({ config: { ...config, seeds: [8] } });
    expect(store.getState()).toMatchObject({ underWay: config, result: { config: started.result.config } });
    send({ type: 'finished', result: { ...result, status: 'complete' } });
    end();
    await running;
    expect(store.getState()).toMatchObject({
      underWay: null,
      config: { seeds: [8] },
      result: { config: result.config },
    });
  });

  it('may have settings of its own, which do not become the page’s', async () => {
    const { store, answers, end, controller } = setUp();
    const { config } = store.getState();
    const own = { ...config, seeds: [9] };
    const running = controller.run(null, own);
    expect(store.getState()).toMatchObject({ config, underWay: own, isNew: true });
    expect(answers.run.mock.calls[0][0].config).toBe(own);
    end();
    await running;
    expect(store.getState().config).toBe(config);
  });

  it('that is stopped stays where it was; the next one begins at nothing, and a result that is opened has come from nowhere', async () => {
    const { store, show, send, end, controller } = setUp();
    const running = controller.run(null);
    send(started);
    send({ type: 'progress', phase: 'train', done: 840, total: 2000, imagesPerSecond: 1, remainingSeconds: 1 });
    send({ type: 'finished', result: { ...result, status: 'stopped' } });
    end();
    await running;
    expect(store.getState()).toMatchObject({ status: 'idle', progress: { phase: 'train', done: 840, total: 2000 } });
    void controller.run(null);
    expect(store.getState()).toMatchObject({ status: 'starting', progress: null });
    send({ type: 'progress', phase: 'train', done: 1, total: 2000, imagesPerSecond: 1, remainingSeconds: 1 });
    vi.advanceTimersByTime(300);
    show(studyResultFixture(), 'file');
    expect(store.getState().progress).toBeNull();
  });

  it('updates the store at most four times a second', () => {
    const { store, send, controller } = setUp();
    void controller.run(null);
    send(started);
    const changes = vi.fn();
    store.subscribe(changes);
    for (let done = 0; done < 1000; done++) {
      send({ type: 'progress', phase: 'train', done, total: 1000, imagesPerSecond: 1, remainingSeconds: 1 });
      vi.advanceTimersByTime(1);
    }
    expect(changes.mock.calls.length).toBeLessThanOrEqual(4);
    vi.advanceTimersByTime(300);
    expect(store.getState().progress?.done).toBe(999);
  });

  it('collects the tape', () => {
    const { store, send, controller } = setUp();
    void controller.run(null);
    send(started);
    for (const fromStep of [0, 2])
      send({ type: 'gates', arm: 'copra', seed: 1, fromStep, gates: Uint8Array.of(1, 0, 0, 1), players: 2 });
    vi.advanceTimersByTime(300);
    const tape = store.getState().tapes[runKey('copra', 1)];
    expect(tape.steps).toBe(4);
    expect([...tape.cells.subarray(0, 8)]).toEqual([1, 0, 0, 1, 1, 0, 0, 1]);
  });

  it('keeps what is done when the worker fails, and says why', async () => {
    const { store, send, fail, controller } = setUp();
    const running = controller.run(null);
    send(started);
    send({ type: 'found', part: 'runs', found: [result.runs[0]], identity: ['arm', 'seed'] });
    fail(new Error('Out of memory.'));
    await running;
    expect(store.getState().status).toBe('idle');
    expect(store.getState().error?.()).toBe('Out of memory.');
    expect(store.getState().result).toMatchObject({ status: 'stopped', runs: [result.runs[0]] });
  });

  it('that does not come to its end leaves a whole study of this page in reach, with its adapters', async () => {
    const page = setUp();
    const { store, adapters, send, end, controller } = page;
    const study = async (date: string, status: 'complete' | 'stopped') => {
      const own = { ...started.result, provenance: { ...started.result.provenance, date } };
      const running = controller.run(null);
      send({ ...started, result: own });
      const [arm] = own.config.arms;
      send({ type: 'adapter', adapter: adapterOf(arm.id, own.config.seeds[0]) });
      send({ type: 'finished', result: { ...own, status } });
      end();
      await running;
    };
    const aside = () => store.getState().aside.map(({ result }) => result.provenance.date);
    await study('first', 'complete');
    await study('second', 'complete');
    expect(aside()).toEqual([]);
    await study('third', 'stopped');
    await study('fourth', 'stopped');
    expect(aside()).toEqual(['second']);
    takeBack({ study: store, adapters });
    expect(store.getState().result?.provenance.date).toBe('second');
    expect(adapters.getState().adapters).toHaveLength(1);
    // A lesson's run has put it aside already.
    await runInPlace({ study: store, adapters }, () => study('fifth', 'stopped'));
    expect(aside()).toEqual(['fourth', 'second']);
  });

  it('is not started twice', () => {
    const { answers, controller } = setUp();
    void controller.run(null);
    void controller.run(null);
    expect(answers.run).toHaveBeenCalledTimes(1);
  });

  it('can be paused, resumed and stopped', async () => {
    const { store, send, end, controller } = setUp();
    const running = controller.run(null);
    send(started);
    await controller.pause();
    expect(store.getState().status).toBe('paused');
    await controller.step();
    expect(store.getState().status).toBe('paused');
    await controller.resume();
    expect(store.getState().status).toBe('running');
    await controller.stop();
    expect(store.getState().status).toBe('stopping');
    end();
    await running;
    expect(store.getState().status).toBe('idle');
  });
});

it('a page that may start no study begins none, whatever asks for one, and evaluates adapters', async () => {
  const { store, adapters, show, answers, controller } = setUp([], () => false);
  // Of a complete one with its adapters, findings can be computed.
  const shown = { ...studyResultFixture(), status: 'complete' as const };
  show(shown, 'file');
  adapters.setState((state) => withStudy(state, shown, adaptersOf(shown)));
  const before = store.getState();
  await controller.run(null);
  await controller.moreSeeds(null, 2);
  await controller.complete(null);
  await controller.continueStudy(
    { id: 'long', head: { config: shown.config } as CheckpointHead },
    Promise.resolve(null),
  );
  expect(store.getState()).toBe(before);
  void controller.evaluate(null, []);
  expect(answers.evaluate).toHaveBeenCalledOnce();
});

describe('a page that is loaded anew', () => {
  it('loses what runs until it is saved, and what ended', async () => {
    const { store, show, send, end, controller } = setUp();
    show(studyResultFixture(), 'saved');
    const loss = () => lossByReload(store.getState());
    expect(loss()).toBe('none');
    const running = controller.run(null);
    send(started);
    expect(loss()).toBe('lost');
    send({ type: 'saved' });
    vi.advanceTimersByTime(300);
    expect(loss()).toBe('resumable');
    send({ type: 'finished', result: { ...result, status: 'complete' } });
    end();
    await running;
    expect(loss()).toBe('lost');
    void controller.run(null);
    expect(loss()).toBe('lost');
  });

  it('goes on with a study that was resumed', () => {
    const { store, answers, controller } = setUp();
    answers.continue.mockImplementation(() => new Promise<void>(() => undefined));
    const head = { config: store.getState().config } as CheckpointHead;
    void controller.continueStudy({ id: 'a', head }, Promise.resolve(null));
    expect(lossByReload(store.getState())).toBe('resumable');
  });
});

describe('a study that is resumed and does not begin', () => {
  it.each([true, false])('leaves settings and what is shown as they were (read only: %s)', async (readOnly) => {
    const { store, show, answers, controller } = setUp();
    show(studyResultFixture(), 'file');
    store.setState({ readOnly });
    const { config, result: before } = store.getState();
    answers.continue.mockRejectedValue(new Error('The saved study is gone.'));
    const head = { config: { ...config, seeds: [9] } } as CheckpointHead;
    await controller.continueStudy({ id: 'a', head }, Promise.resolve(twoOwnImages(1)));
    expect(store.getState()).toMatchObject({
      config,
      readOnly,
      source: 'file',
      images: null,
    });
    expect(store.getState().error?.()).toBe('The saved study is gone.');
    expect(store.getState().result).toBe(before);
  });

  it('because another tab runs it says so in the language that the page speaks, until another one is run', async () => {
    onTestFinished(speakEnglish);
    const { store, answers, controller } = setUp();
    const { config } = store.getState();
    answers.continue.mockRejectedValue(new RunsElsewhere());
    const resume = () =>
      controller.continueStudy({ id: 'a', head: { config } as CheckpointHead }, Promise.resolve(null));
    await resume();
    await resume();
    expect(store.getState().error).toBeNull();
    expect(said(store.getState().notices)).toEqual(['This study runs in another tab already.']);
    speak('de', (area) => (area === 'studyCheckpoints' ? studyCheckpoints : null));
    expect(said(store.getState().notices)).toEqual(['Diese Studie läuft schon in einem anderen Tab.']);
    void controller.run(null);
    expect(store.getState().notices).toEqual([]);
  });
});

describe('added seeds', () => {
  const shown = (steps: readonly number[] = []) => {
    const page = setUp(steps);
    page.store.setState({ result: { ...studyResultFixture(), status: 'complete' } });
    return page;
  };
  /** A study from a file with its adapters, to which two seeds are being added. @param steps of the checkpoints that are found */
  const adding = async (steps: readonly number[] = []) => {
    const page = shown(steps);
    const before = page.store.getState().result!;
    const { config } = before;
    page.adapters.setState((state) => withStudy(state, before, adaptersOf(before)));
    page.store.setState({ config, source: 'file', tapes: {} });
    await import('./more-seeds.ts');
    const held = page.adapters.getState();
    const running = page.controller.moreSeeds(null, 2);
    await vi.waitFor(() => expect(page.answers.run).toHaveBeenCalledOnce(), PATIENT);
    const [{ config: more, known }] = page.answers.run.mock.calls[0];
    expect(known).not.toBeNull();
    const provenance = { ...before.provenance, date: '2026-02-02T00:00:00.000Z' };
    const begun: StudyResult = { ...before, config: more, provenance, status: 'running' };
    page.send({ type: 'started', engine, result: begun, adds: true });
    page.send({ type: 'adapter', adapter: adapterOf(config.arms[0].id, more.seeds.at(-1)!) });
    return { ...page, before, held, running, begun };
  };
  /** As it was before seeds were added. */
  const expectBefore = ({ store, adapters, before, held }: Awaited<ReturnType<typeof adding>>) => {
    const { result, config, source, status } = store.getState();
    expect({ result, config, source, status }).toEqual({
      result: before,
      config: before.config,
      source: 'file',
      status: 'idle',
    });
    const { study, date } = adapters.getState();
    expect({ study, date, ids: adapters.getState().adapters.map(({ id }) => id) }).toEqual({
      study: held.study,
      date: held.date,
      ids: held.adapters.map(({ id }) => id),
    });
  };

  it('that are refused after they began leave the study as it was', async () => {
    const page = await adding();
    page.fail(new RangeError('Seeds are added on the same images.'));
    await page.running;
    expectBefore(page);
    expect(page.store.getState()).toMatchObject({ notices: [] });
    expect(page.store.getState().error?.()).toBe('Seeds are added on the same images.');
  });

  it('that are stopped before they are trained leave the study as it was, and say so', async () => {
    const page = await adding();
    await page.controller.stop();
    page.send({ type: 'finished', result: { ...page.begun, status: 'stopped' } });
    page.end();
    await page.running;
    expectBefore(page);
    expect(said(page.store.getState().notices).join()).toMatch(/was not computed to its end/);
  });

  it('that do not even begin leave the settings as they were', async () => {
    const page = shown();
    page.store.setState({ config: page.store.getState().result!.config });
    const { config, result: before } = page.store.getState();
    page.adapters.setState((state) =>
      withStudy(
        state,
        before!,
        config.arms.flatMap(({ id }) =>
          config.seeds.map((seed) => ({ ...adapterOf(id, seed), armId: id, armName: id })),
        ),
      ),
    );
    await import('./more-seeds.ts');
    const running = page.controller.moreSeeds(null, 2);
    await vi.waitFor(() => expect(page.answers.run).toHaveBeenCalledOnce(), PATIENT);
    expect(page.store.getState().config.seeds).toHaveLength(config.seeds.length + 2);
    page.fail(new RangeError('No.'));
    await running;
    expect(page.store.getState()).toMatchObject({ config, result: before });
    expect(page.store.getState().error?.()).toBe('No.');
  });
  it.each(['refused', 'stopped'])(
    'that need all seeds trained again leave the study as it was when they are %s',
    async (how) => {
      const page = shown();
      const { answers, controller, store, send, fail, end } = page;
      const before = store.getState().result!;
      const [arm] = before.config.arms;
      const file = { ...adapterOf(arm.id, before.config.seeds[0]), armId: arm.id, armName: arm.name };
      page.adapters.setState((state) => withStudy(state, { ...before, config: { ...before.config } }, [file]));
      store.setState({ config: before.config, source: 'live', readOnly: false });
      await import('./more-seeds.ts');
      const running = controller.moreSeeds(twoOwnImages(1), 2);
      await vi.waitFor(() => expect(answers.run).toHaveBeenCalledOnce());
      const [{ config: more, known }] = answers.run.mock.calls[0];
      expect(known).toBeNull();
      if (how === 'refused') fail(new RangeError('No.'));
      else {
        const begun: StudyResult = { ...started.result, config: more };
        send({ ...started, result: begun });
        await controller.stop();
        send({ type: 'finished', result: { ...begun, status: 'stopped' } });
        end();
      }
      await running;
      expect(store.getState()).toMatchObject({ config: before.config, source: 'live', status: 'idle' });
      expect(store.getState().result).toBe(before);
      expect(page.adapters.getState().adapters.map(({ seed }) => seed)).toEqual([before.config.seeds[0]]);
      expect(said(store.getState().notices).join().includes('was not computed to its end')).toBe(how === 'stopped');
    },
  );

  const namedRun = ({ answers }: ReturnType<typeof shown>) => {
    const [{ known, study }] = answers.run.mock.calls[0];
    return { known, study };
  };

  it('of a study with its adapters have a checkpoint, too, and go on in the study that it keeps', async () => {
    const page = await adding([40]);
    const { study, known } = namedRun(page);
    expect([study, known]).toEqual([expect.any(String), expect.anything()]);
    const whole: StudyResult = { ...page.begun, status: 'complete' };
    const own = page.held.adapters.map(({ armId, seed }) => adapterOf(armId, seed));
    page.answers.continue.mockImplementationOnce((_, { onNews = () => undefined }) => {
      onNews({ type: 'started', engine, result: page.begun });
      // The study comes with its adapters.
      for (const adapter of own) onNews({ type: 'adapter', adapter });
      onNews({ type: 'finished', result: whole });
      return Promise.resolve();
    });
    page.fail(new WorkerCrash('nothing came from it for 3 minutes'));
    await page.running;
    expect(page.answers.continue).toHaveBeenCalledExactlyOnceWith({ study, simulates: false }, expect.anything());
    expect(page.store.getState()).toMatchObject({ result: whole, status: 'idle', error: null });
    expect(page.adapters.getState().adapters.map(({ values }) => values)).toEqual(own.map(({ values }) => values));
  });

  it('that go on after a reload and are stopped leave what was shown', async () => {
    const page = shown();
    const before = page.store.getState().result!;
    const { config } = before;
    page.store.setState({ config });
    const more = { ...config, seeds: [...config.seeds, 98, 99] };
    page.answers.continue.mockImplementationOnce((_, { onNews = () => undefined }) => {
      const begun: StudyResult = { ...before, config: more, status: 'running' };
      onNews({ type: 'started', engine, result: begun });
      onNews({ type: 'finished', result: { ...begun, status: 'stopped' } });
      return Promise.resolve();
    });
    const head = { config: more, adds: true } as CheckpointHead;
    await page.controller.continueStudy({ id: 'a', head }, Promise.resolve(null));
    expect(page.store.getState()).toMatchObject({ status: 'idle', config });
    expect(page.store.getState().result).toBe(before);
  });

  it('of a study without its adapters are trained with a checkpoint that the page knows by its name', async () => {
    const page = shown();
    await import('./more-seeds.ts');
    void page.controller.moreSeeds(null, 2);
    await vi.waitFor(() => expect(page.answers.run).toHaveBeenCalledOnce(), PATIENT);
    expect(namedRun(page)).toEqual({ known: null, study: expect.any(String) as string });
  });
});
