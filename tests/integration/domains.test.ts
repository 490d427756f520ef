/** Runs tested on other domains, on a tiny model on the WebAssembly device. */
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { doubledLayout, productPath } from '../../src/copra/landscape.ts';
import { halfOfLayers, layerSubsets } from '../../src/copra/layer-orders.ts';
import { scaledUpdate } from '../../src/copra/scaled-update.ts';
import { allGates } from '../../src/core/adapter-layout.ts';
import { mean } from '../../src/core/statistics.ts';
import { without } from '../../src/core/without.ts';
import { applyDomain, type DomainId } from '../../src/data/bundled/domains.ts';
import type { Task } from '../../src/data/task.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { unpackBits } from '../../src/platform/bits.ts';
import { USUAL_DOMAINS } from '../../src/study/analyses/domains/settings.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { applyEvent } from '../../src/study/result/events.ts';
import { withoutAnswers } from '../../src/study/result/measures/image-variances.ts';
import { keptOfBackbone, OTHER_DOMAINS_ACCURACY } from '../../src/study/result/measures/domains.ts';
import { MEASURES } from '../../src/study/result/measures/measures.ts';
import { StudyResultSchema } from '../../src/study/result/result.ts';
import { unitedStudy } from '../../src/study/result/united-study.ts';
import { StudyControl } from '../../src/study/run/control.ts';
import { readHead } from '../../src/study/predictions/head.ts';
import { patchifyImages } from '../../src/study/run/images.ts';
import { prepareObjective } from '../../src/study/run/objective.ts';
import {
  adaptersOf,
  inputsOf,
  noticesOf,
  record,
  tinyArm,
  tinyConfig,
  tinyTask,
  tinyVitModel,
  trainingOnly,
  type RecordedStudy,
} from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import { runOf } from '../../src/study/result/run-names.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened), 1);

const domains = { ...USUAL_DOMAINS, paths: ['factor', 'product'] as ('factor' | 'product')[], orders: 3 };
const base = tinyConfig();
const config: StudyConfig = {
  ...base,
  analyses: { ...base.analyses, shapley: { ...base.analyses.shapley, enabled: false }, domains },
};
const only = (changes: Partial<StudyConfig> = {}): StudyConfig => {
  const plain = trainingOnly(changes);
  return { ...plain, analyses: { ...plain.analyses, domains } };
};

/** The tiny task with its test images in another domain. */
function turned(domain: DomainId): Task {
  const task = tinyTask();
  return { ...task, test: { ...task.test, pixels: applyDomain(domain, task.test.pixels, task.imageSize) } };
}

const NAMES = ['Colours', 'Negative', 'Swapped colours', 'Sketch', 'Mosaic', 'Night'];
const TRANSFORMS: readonly DomainId[] = ['plain', 'colour-negative', 'channel-swap', 'sketch', 'mosaic', 'night'];

describe('runs on other domains', () => {
  let study: RecordedStudy;
  beforeAll(async () => void (study = await record(inputsOf(engine, config))));
  const part = () => study.result.domains!;

  it('are tested with all and some layers and along both paths, and the result is valid', () => {
    const { result } = study;
    expect(() => v.parse(v.strictObject(StudyResultSchema.entries), structuredClone(result))).not.toThrow();
    expect(part().domains).toEqual(NAMES.map((name) => ({ name, images: 40, pictures: 0 })));
    expect(part().runs.map(({ arm, seed }) => [arm, seed])).toEqual(result.runs.map(({ arm, seed }) => [arm, seed]));
    for (const { layers, subsets } of part().runs) {
      expect(layers).toBe(3);
      expect(subsets.map(({ order, active }) => [order, active])).toEqual(
        [0, 1, 2].flatMap((order) => [1, 2].map((active) => [order, active])),
      );
    }
    expect(part().paths.map(({ arm, path, points }) => [arm, path, points.map(({ lambda }) => lambda)])).toEqual(
      (['lora', 'copra'] as const).flatMap((arm) =>
        (['factor', 'product'] as const).map((path) => [arm, path, [0, 0.25, 0.5, 0.75, 1]]),
      ),
    );
  });

  it('answer as in a study that is tested in that domain', async () => {
    for (const [domain, transform] of TRANSFORMS.entries()) {
      const { result } = await record(inputsOf(engine, trainingOnly(), { task: turned(transform) }));
      expect(part().frozen.accuracy[domain]).toBeCloseTo(result.task.zeroShot!.accuracy, 12);
      expect(part().frozen.correct![domain]).toBe(result.task.zeroShot!.correct);
      for (const { arm, seed, accuracy, correct } of part().runs) {
        const { test } = runOf(result.runs, arm, seed)!;
        expect(accuracy[domain]).toBeCloseTo(test!.accuracy, 12);
        expect(correct![domain]).toBe(test!.correct);
      }
    }
  });

  it('are on the paths of the landscape in their own domain', () => {
    for (const { arm, seeds, path, points } of part().paths) {
      const landscape = study.result.landscape.find(
        (entry) => entry.arm === arm && entry.path === path && entry.seeds.join() === seeds.join(),
      )!;
      points.forEach(({ lambda, accuracy, correct }) => {
        const at = landscape.lambdas.indexOf(lambda);
        expect(accuracy[0]).toBeCloseTo(landscape.accuracy[at], 12);
        expect(correct![0]).toBe(landscape.correct![at]);
      });
    }
  });

  it('are tested with the layers of a random order on', async () => {
    const adapters = adaptersOf(study);
    const { labels, count } = tinyTask().test;
    const { model } = inputsOf(engine, config);
    const objective = await prepareObjective(config, engine, model, tinyTask(), 'f32');
    for (const [domain, transform] of TRANSFORMS.entries()) {
      const { patches } = patchifyImages(turned(transform).test, model, null);
      for (const { arm, seed, subsets } of part().runs) {
        const { layout, scale, values } = runOf(adapters, arm, seed)!;
        const evaluator = engine.createEvaluator({ objective, layout, scale });
        const set = evaluator.imageSet(patches, labels);
        const variants = layerSubsets(layout, 3).map(({ gates }) => ({ adapter: values, gates }));
        const { predicted } = await evaluator.evaluate(variants, set);
        subsets.forEach(({ accuracy }, i) => {
          const right = labels.filter((label, image) => predicted[i * count + image] === label).length;
          expect(accuracy[domain]).toBeCloseTo(right / count, 12);
        });
        set.dispose();
        evaluator.dispose();
      }
    }
  });

  it('are tested with their updates scaled, which is the product path from no update at all', async () => {
    const adapters = adaptersOf(study);
    const { labels } = tinyTask().test;
    const { model } = inputsOf(engine, config);
    const objective = await prepareObjective(config, engine, model, tinyTask(), 'f32');
    const { patches } = patchifyImages(turned('sketch').test, model, null);
    for (const { arm, seed, scaled } of part().runs) {
      expect(scaled!.map(({ s }) => s)).toEqual([0.2, 0.4, 0.6, 0.8]);
      const { layout, scale, values } = runOf(adapters, arm, seed)!;
      const doubled = doubledLayout(layout);
      const evaluator = engine.createEvaluator({ objective, layout: doubled, scale });
      const set = evaluator.imageSet(patches, labels);
      const none = new Float32Array(layout.size);
      const variants = scaled!.map(({ s }) => ({
        adapter: productPath(layout, none, values, s),
        gates: allGates(doubled),
      }));
      const { predicted } = await evaluator.evaluate(variants, set);
      scaled!.forEach(({ accuracy, correct }, i) => {
        const right = [...labels].map((label, image) => Number(predicted[i * labels.length + image] === label));
        expect([...unpackBits(correct![3], 40, 'answers')]).toEqual(right);
        expect(accuracy[3]).toBeCloseTo(mean(right), 12);
      });
      set.dispose();
      evaluator.dispose();
    }
  });

  it('of a study of before scaled updates are tested with them, and with nothing else again', async () => {
    const earlier = { ...part(), runs: part().runs.map((run) => without(run, 'scaled')) };
    const known = { result: { ...study.result, domains: earlier }, adapters: adaptersOf(study) };
    const again = await record(inputsOf(engine, config, { known }));
    expect(again.result.domains).toEqual(part());
    const shares = again.events.flatMap((e) => (e.type === 'progress' && e.phase === 'domains' ? [e.done] : []));
    expect(shares.at(-1)).toBeCloseTo(1, 12);
  });

  it('are told in patches that add up to the result, and the shares of the work rise to 1', () => {
    const { events, result } = study;
    const [started] = events;
    if (started.type !== 'started') throw new Error('no start');
    expect(events.slice(1, -1).reduce(applyEvent, started.result).domains).toEqual(result.domains);
    const shares = events.flatMap((e) => (e.type === 'progress' && e.phase === 'domains' ? [e.done] : []));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 12);
  });

  it('are compared by the mean of the other domains, picture by picture', () => {
    const of = (id: string) => MEASURES.find((measure) => measure.id === id)!;
    for (const run of part().runs) {
      const value = of('other domains')
        .values(study.result, run.arm)
        .find(({ seeds }) => seeds[0] === run.seed)!;
      expect(value.value).toBeCloseTo(mean(run.accuracy.slice(1)), 12);
      const answers = run.correct!.slice(1).map((text) => unpackBits(text, 40, 'answers'));
      expect([...value.byMotif!]).toEqual(
        Array.from({ length: 40 }, (_, i) => expect.closeTo(mean(answers.map((list) => list[i])), 9) as number),
      );
      const half = of('other domains half')
        .values(study.result, run.arm)
        .find(({ seeds }) => seeds[0] === run.seed)!;
      const halves = run.subsets.filter(({ active }) => active === halfOfLayers(3));
      expect(half.value).toBeCloseTo(mean(halves.map(({ accuracy }) => mean(accuracy.slice(1)))), 12);
    }
    for (const path of ['factor', 'product']) {
      const [value] = of(`other domains midpoint ${path}`).values(study.result, 'copra');
      const { points } = part().paths.find((entry) => entry.arm === 'copra' && entry.path === path)!;
      expect(value.value).toBeCloseTo(mean(points[2].accuracy.slice(1)), 12);
    }
  });

  it('keep their intervals without the answers', () => {
    const short = withoutAnswers(study.result, MEASURES);
    expect(JSON.stringify(short.domains)).not.toContain('"correct"');
    for (const arm of ['lora', 'copra'])
      for (const choice of [0, 3, 'others'] as const) {
        const [long, brief] = [study.result, short].map((result) => keptOfBackbone(result.domains!, arm, choice)!);
        expect(long.scope).toBe('seeds and images');
        expect(brief).toEqual(long);
        const values = part().runs.filter((run) => run.arm === arm);
        const kept = (accuracy: readonly number[]) =>
          choice === 'others' ? mean(accuracy.slice(1)) : accuracy[choice];
        expect(long.mean).toBeCloseTo(mean(values.map((run) => kept(run.accuracy))) - kept(part().frozen.accuracy), 12);
      }
  });

  it('keep what was tested when the study is stopped', async () => {
    const control = new StudyControl();
    const { result } = await record(inputsOf(engine, only(), { control }), (event) => {
      if (event.type === 'found' && event.part === 'domains' && event.found.runs.length === 2) control.stop();
    });
    expect(result.status).toBe('stopped');
    expect(result.domains!.runs.length).toBeGreaterThanOrEqual(2);
    expect(result.domains!.paths).toEqual([]);
  });
});

describe('other studies', () => {
  it('of other seeds, united and completed, are the study of all seeds at once', async () => {
    const [first, second, all] = [
      await record(inputsOf(engine, only({ seeds: [4, 7] }))),
      await record(inputsOf(engine, only({ seeds: [9] }))),
      await record(inputsOf(engine, only({ seeds: [4, 7, 9] }))),
    ];
    const united = unitedStudy(first.result, second.result);
    expect(united.domains!.runs).toEqual(all.result.domains!.runs);
    const adapters = [first, second].flatMap(adaptersOf);
    const completed = await record(inputsOf(engine, united.config, { known: { result: united, adapters } }));
    expect(completed.result.domains).toEqual(all.result.domains);
  });

  it('with trained heads are held against a head trained alone', async () => {
    const vit = (task: Task, settings = only()) => inputsOf(engine, settings, { model: tinyVitModel(), task });
    const { result } = await record(vit(tinyTask()));
    expect(result.domains!.frozen.accuracy[0]).toBeCloseTo(result.task.headOnly!.accuracy, 12);
    const night = await record(vit(turned('night'), trainingOnly()));
    expect(result.domains!.frozen.accuracy[5]).toBeCloseTo(night.result.task.headOnly!.accuracy, 12);
    const [run] = result.domains!.runs;
    expect(run.accuracy[5]).toBeCloseTo(night.result.runs[0].test!.accuracy, 12);
  });

  it('with trained heads are scaled towards the backbone with the head trained alone', async () => {
    const model = tinyVitModel();
    const study = await record(inputsOf(engine, only(), { model, task: tinyTask() }));
    const { frozen, runs } = study.result.domains!;
    const head = study.events.flatMap((event) => (event.type === 'head-only' ? [event.head] : []))[0]!;
    const objective = await prepareObjective(only(), engine, model, tinyTask(), 'f32');
    const { labels } = tinyTask().test;
    for (const { layout, scale, values } of adaptersOf(study)) {
      const evaluator = engine.createEvaluator({ objective, layout, scale });
      const none = scaledUpdate(layout, values, 0, readHead(head, 3, 8));
      for (const [domain, transform] of TRANSFORMS.entries()) {
        const set = evaluator.imageSet(patchifyImages(turned(transform).test, model, null).patches, labels);
        const { predicted } = await evaluator.evaluate([{ adapter: none, gates: allGates(layout) }], set);
        const right = [...labels].map((label, image) => Number(predicted[image] === label));
        expect([...unpackBits(frozen.correct![domain], 40, 'answers')]).toEqual(right);
        set.dispose();
      }
      evaluator.dispose();
    }
    expect(runs.every(({ scaled }) => scaled!.length === 4)).toBe(true);
  });

  it('with DoRA are left out of scaling, which is said', async () => {
    const dora = only({ arms: [tinyArm('lora'), tinyArm('lora', 'dora', { dora: true })], seeds: [4] });
    const settings = { ...dora, analyses: { ...dora.analyses, domains: { ...domains, paths: [] } } };
    const study = await record(inputsOf(engine, settings));
    expect(study.result.domains!.runs.map(({ arm, scaled }) => [arm, scaled?.length])).toEqual([
      ['lora', 4],
      ['dora', undefined],
    ]);
    expect(noticesOf(study)).toContain(
      'dora is left out of scaling updates: the updates of DoRA adapters are not of low rank.',
    );
    const off = {
      ...settings,
      analyses: { ...settings.analyses, domains: { ...settings.analyses.domains, scales: 0 } },
    };
    const unscaled = await record(inputsOf(engine, off));
    expect(unscaled.result.domains!.runs.some((run) => 'scaled' in run)).toBe(false);
    expect(noticesOf(unscaled).join()).not.toContain('scaling updates');
  });

  it('say why no domain fits, or that the artwork is not there', async () => {
    const tested = (ids: typeof domains.domains, task = tinyTask()) =>
      record(
        inputsOf(
          engine,
          { ...only(), analyses: { ...only().analyses, domains: { ...domains, domains: ids } } },
          { task },
        ),
      );
    await expect(tested(['plain', 'fxemoji'])).rejects.toThrow(
      /None of the chosen other domains fits the task “Colours” \(plain, fxemoji\): choose one of negative, swap/,
    );
    await expect(tested(['night'], { ...tinyTask(), id: 'food' })).rejects.toThrow(/artwork cannot be read/);
  });

  it('are tested on sets that came with the images, which change nothing else', async () => {
    const others = [
      { name: 'night', images: turned('mosaic').test },
      { name: 'Scarce', images: { ...tinyTask().test, count: 5, labels: tinyTask().test.labels.slice(0, 5) } },
      { name: 'Camera 3', images: turned('night').test },
    ];
    const testedOn = (...ids: typeof domains.domains) => ({
      ...only(),
      analyses: { ...only().analyses, domains: { ...domains, domains: ids, images: 30 } },
    });
    const alone = testedOn();
    const [with3, without, mosaic] = [
      await record(inputsOf(engine, testedOn('night'), { task: { ...tinyTask(), others } })),
      await record(inputsOf(engine, trainingOnly())),
      await record(inputsOf(engine, trainingOnly(), { task: turned('mosaic') })),
    ];
    expect(with3.result.domains!.domains).toEqual([
      { name: 'Colours', images: 40, pictures: 0 },
      { name: 'night', images: 30, pictures: 1 },
      { name: 'Camera 3', images: 30, pictures: 3 },
      // The same words for two things would tell nobody which is which.
      { name: 'Night, transformed', images: 30, pictures: 0 },
    ]);
    expect(noticesOf(with3).join()).toMatch(/Scarce is left out of the other domains: it has 5 test images/);
    expect(with3.result.runs).toEqual(without.result.runs);
    expect(with3.result.task).toEqual(without.result.task);
    const right = unpackBits(mosaic.result.runs[0].test!.correct!, 40, 'answers').slice(0, 30);
    expect([...unpackBits(with3.result.domains!.runs[0].correct![1], 30, 'answers')]).toEqual([...right]);
    const { frozen } = with3.result.domains!;
    const unadapted = [without, mosaic].map(({ result }) => unpackBits(result.task.zeroShot!.correct!, 40, 'answers'));
    expect(frozen.accuracy[0]).toBeCloseTo(mean([...unadapted[0]]), 12);
    expect(frozen.accuracy[1]).toBeCloseTo(mean([...unadapted[1].slice(0, 30)]), 12);
    await expect(record(inputsOf(engine, alone))).rejects.toThrow(/None of the chosen other domains/);
  });

  it('take no seeds that would be tested on other domains', async () => {
    const sets = (names: readonly string[], domain: DomainId = 'mosaic') =>
      names.map((name) => ({ name, images: turned(domain).test }));
    const settings = { ...only(), analyses: { ...only().analyses, domains: { ...domains, images: 30 } } };
    const task = { ...tinyTask(), others: sets(['Camera 2', 'Camera 3']) };
    const before = await record(inputsOf(engine, settings, { task }));
    const known = { result: before.result, adapters: adaptersOf(before) };
    const more = { ...settings, seeds: [...settings.seeds, 9] };
    const add = (others: Task['others'] = []) => record(inputsOf(engine, more, { known, task: { ...task, others } }));
    await expect(add(sets(['Camera 2', 'Camera 4']))).rejects.toThrow(
      /was tested on Camera 2 \(30\), Camera 3 \(30\), .* now it would be on Camera 2 \(30\), Camera 4/,
    );
    await expect(add([])).rejects.toThrow(/was tested on Camera 2 \(30\), Camera 3 \(30\), Negative/);
    const [first, second] = sets(['Camera 2', 'Camera 3']);
    const short = { ...second, images: { ...second.images, count: 20 } };
    await expect(add([first, short])).rejects.toThrow(/Camera 3 \(20\)/);
    const { result } = await add([first, second]);
    expect(result.domains!.runs).toHaveLength(2 * 3);
  });

  it('have names of their own, whatever those of the images are', async () => {
    const others = [{ name: 'sketch', images: turned('mosaic').test }];
    const { result } = await record(inputsOf(engine, only(), { task: { ...tinyTask(), name: 'Night', others } }));
    const names = result.domains!.domains.map(({ name }) => name);
    expect(names).toEqual([
      'Night',
      'sketch',
      'Negative',
      'Swapped colours',
      'Sketch, transformed',
      'Mosaic',
      'Night, transformed',
    ]);
  });

  it('of a task with hardly any test images are tested all the same: they have as many as the task', async () => {
    const { test, ...task } = tinyTask();
    const few = { count: 5, labels: test.labels.slice(0, 5), pixels: test.pixels.slice(0, test.pixels.length / 8) };
    const { result } = await record(inputsOf(engine, only({ seeds: [4] }), { task: { ...task, test: few } }));
    expect(result.domains!.domains.map(({ images }) => images)).toEqual([5, 5, 5, 5, 5, 5]);
  });

  it('with hardly any images are told of before anything is trained where no other is left', async () => {
    const few = { count: 5, labels: tinyTask().test.labels.slice(0, 5), pixels: tinyTask().test.pixels };
    const settings = { ...only(), analyses: { ...only().analyses, domains: { ...domains, domains: [] } } };
    const told: string[] = [];
    const others = [{ name: 'Scarce', images: few }];
    const refused = record(inputsOf(engine, settings, { task: { ...tinyTask(), others } }), ({ type }) =>
      told.push(type),
    );
    await expect(refused).rejects.toThrow(/Scarce is left out .* it has 5 test images .* None of the chosen/);
    expect(told).not.toContain('found');
  });

  it('of few images are limited to them', async () => {
    const settings = { ...only(), analyses: { ...only().analyses, domains: { ...domains, images: 10 } } };
    const { result } = await record(inputsOf(engine, settings));
    expect(result.domains!.domains.map(({ images }) => images)).toEqual([40, 10, 10, 10, 10, 10]);
    const [run] = result.domains!.runs;
    expect(run.accuracy[0]).toBeCloseTo(result.runs[0].test!.accuracy, 12);
    const value = OTHER_DOMAINS_ACCURACY.values(result, run.arm)[0];
    expect(value.value).toBeCloseTo(mean(run.accuracy.slice(1)), 12);
    expect(value.byMotif).toHaveLength(10);
  });
});
