/** Studies of other seeds, run apart and united, are the study of all seeds at once, bit for bit; nothing is trained for it. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { USUAL_FEDERATED } from '../../src/study/analyses/federated/settings.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { unitedStudy } from '../../src/study/result/united-study.ts';
import {
  adaptersOf,
  inputsOf,
  record,
  tinyConfig,
  tinyTask,
  trainingOnly,
  type RecordedStudy,
} from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

const base = tinyConfig();
const config: StudyConfig = {
  ...base,
  analyses: {
    ...base.analyses,
    landscape: { ...base.analyses.landscape, alignments: ['orthogonal'], trainImages: 12 },
    shapley: { ...base.analyses.shapley, seedsPerArm: 3 },
    merging: { enabled: true, scales: [0.5, 1], density: 0.5 },
    federated: { ...USUAL_FEDERATED, clients: 2, rounds: 2, localSteps: 2, rules: ['fedit', 'ffa-lora'], seeds: 2 },
  },
};
const findings = ({ provenance, ...found }: StudyResult) => ({ ...found, backend: provenance.backend });
const of = (seeds: number[], changes: Partial<StudyConfig> = {}) =>
  record(inputsOf(engine, { ...config, ...changes, seeds }));

/** The studies united, and what is missing computed from their adapters. */
async function unite(first: RecordedStudy, second: RecordedStudy) {
  const result = unitedStudy(first.result, second.result);
  const adapters = [...adaptersOf(first), ...adaptersOf(second)];
  const completed = await record(inputsOf(engine, result.config, { known: { result, adapters } }));
  return { united: result, completed };
}

describe('studies of other seeds', () => {
  it('united and completed are the study of all seeds at once; nothing is trained', async () => {
    const [first, second, all] = [await of([4, 7]), await of([9]), await of([4, 7, 9])];
    const { united, completed } = await unite(first, second);
    expect(united.config.seeds).toEqual([4, 7, 9]);
    expect(united.runs).toEqual(all.result.runs);
    expect(united.shapley).toEqual(all.result.shapley);
    expect(united.pruning).toEqual(all.result.pruning);
    expect(united.landscape).toEqual(all.result.landscape.filter(({ seeds }) => !seeds.includes(9)));
    // Seed 9 was the first of its own study, and so federated there.
    const federated = completed.result.federated!;
    expect(federated.runs.map(({ seed }) => seed)).toEqual([4, 4, 4, 4, 7, 7, 7, 7, 9, 9, 9, 9]);
    const asAtOnce = {
      partitions: federated.partitions.filter(({ seed }) => seed !== 9),
      runs: federated.runs.filter(({ seed }) => seed !== 9),
    };
    expect(findings({ ...completed.result, federated: asAtOnce })).toEqual(findings(all.result));
    const trained = completed.events.filter(
      (event) =>
        event.type === 'adapter' ||
        event.type === 'gates' ||
        (event.type === 'found' && (event.part === 'runs' || event.part === 'federated')),
    );
    expect(trained).toEqual([]);
    const phases = completed.events.flatMap((event) => (event.type === 'progress' ? [event.phase] : []));
    expect([...new Set(phases)]).toEqual(['landscape', 'merging']);
    expect(completed.result.provenance.seconds).toBeGreaterThan(
      first.result.provenance.seconds + second.result.provenance.seconds,
    );
  });

  it('that share seeds count them once, and know the pairs that either knew', async () => {
    const off = { ...config, analyses: { ...base.analyses, shapley: { ...base.analyses.shapley, enabled: false } } };
    const apart = async (seeds: number[]) => record(inputsOf(engine, { ...off, seeds }));
    const [first, second, all] = [await apart([4, 7]), await apart([7, 9]), await apart([4, 7, 9])];
    const { united, completed } = await unite(first, second);
    expect(united.runs).toEqual(all.result.runs);
    expect(findings(completed.result)).toEqual(findings(all.result));
    const measured = completed.events.flatMap((event) =>
      event.type === 'found' && event.part === 'landscape' ? event.found.map(({ seeds }) => seeds) : [],
    );
    expect(new Set(measured.map(String))).toEqual(new Set(['4,9']));
  });

  it('have their planes and distances from the trained adapters', async () => {
    const followed = trainingOnly();
    const { analyses } = followed;
    const plane = { enabled: true, grid: 3 };
    const study = { ...followed, analyses: { ...analyses, plane, geometry: { enabled: true }, snapshots: 3 } };
    const apart = async (seeds: number[]) => record(inputsOf(engine, { ...study, seeds }));
    const [first, second, all] = [await apart([4, 7]), await apart([9]), await apart([4, 7, 9])];
    const { united, completed } = await unite(first, second);
    expect(united.planes).toEqual(first.result.planes);
    const trained = all.result.geometry!.points.flatMap(({ step }, i) => (step === null ? [i] : []));
    const { points, updates } = completed.result.geometry!;
    expect(points).toEqual(trained.map((i) => all.result.geometry!.points[i]));
    expect(updates.norms).toEqual(trained.map((i) => all.result.geometry!.updates.norms[i]));
    const [one] = completed.result.planes!;
    expect(one.corners).toEqual(all.result.planes![0].corners);
    expect(one.trajectories.map((path) => path.points.map(({ step }) => step))).toEqual([[null], [null], [null]]);
    expect(completed.events).toContainEqual({
      type: 'notice',
      message: expect.stringMatching(/trained adapters alone/) as string,
    });
  });

  it('trained on other tasks are merged across them without training', async () => {
    const study = {
      ...trainingOnly(),
      analyses: { ...trainingOnly().analyses, multitask: { enabled: true, tasks: ['colours', 'travel'], parts: 2 } },
    };
    const loadTask = () => Promise.resolve({ ...tinyTask(24), id: 'travel', name: 'Shades' });
    const apart = (seeds: number[]) => record(inputsOf(engine, { ...study, seeds }, { loadTask }));
    const [first, second, all] = [await apart([4]), await apart([9]), await apart([4, 9])];
    expect(findings(unitedStudy(first.result, second.result))).toEqual(findings(all.result));
    const known = { result: first.result, adapters: adaptersOf(first) };
    const more = await record(inputsOf(engine, { ...study, seeds: [4, 9] }, { loadTask, known }));
    expect(findings(more.result)).toEqual(findings(all.result));
  });
});
