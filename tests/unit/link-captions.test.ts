/** What captions and tables say of how sure their numbers are is the same behind a link. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { denseMotifs } from '../../src/core/clusters.ts';
import { stream, type Rng } from '../../src/core/rng.ts';
import { mean } from '../../src/core/statistics.ts';
import { packBits } from '../../src/platform/bits.ts';
import { opened } from '../../src/share/link/test-links.ts';
import { encodeResultLink } from '../../src/share/link/result-link.ts';
import { SUMMARY_MEASURES } from '../../src/state/summary/summary-differences.ts';
import { summaryCsv } from '../../src/state/summary/summary-csv.ts';
import { armDifference } from '../../src/study/result/measures/arm-difference.ts';
import { packInfluence } from '../../src/study/result/measures/influence.ts';
import { SHOWN_MEASURES } from '../../src/study/result/measures/shown.ts';
import type { MultitaskResult } from '../../src/study/analyses/multitask/result.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { imagesOfTasks, testedImages } from '../../src/study/result/tested-images.ts';
import { domainsCaption, keptCaption } from '../../src/ui/analyses/domains/domains-caption.ts';
import { federatedCaption } from '../../src/ui/analyses/federated/federated-caption.ts';
import { landscapeCaption } from '../../src/ui/analyses/landscape/landscape-caption.ts';
import { multitaskCaption } from '../../src/ui/analyses/multitask/multitask-caption.ts';
import { structuredCaption, unstructuredCaption } from '../../src/ui/analyses/pruning/pruning-caption.ts';
import { interactionsCaption, layerSetsCaption } from '../../src/ui/analyses/shapley/coalitions-captions.ts';
import { shapleyCaption } from '../../src/ui/analyses/shapley/shapley-caption.ts';
import { timelineCaption } from '../../src/ui/analyses/timeline/timeline-caption.ts';
import { trainingCaption } from '../../src/ui/live/training-caption.ts';
import { comparisonCaption } from '../../src/ui/results/summary/comparison-caption.ts';
import { glanceReport } from '../../src/ui/results/summary/glance-report.ts';
import { withDomains } from '../fixtures/domains.ts';
import { federatedFixture } from '../fixtures/federated.ts';
import { multitaskFixture } from '../fixtures/multitask.ts';
import { withPathAnswers } from '../fixtures/path-answers.ts';
import { withEveryCoalition } from '../fixtures/study-result.ts';
import { withTimeline } from '../fixtures/timeline-result.ts';

const CAPTIONS: Readonly<Record<string, (result: StudyResult) => string>> = {
  training: trainingCaption,
  comparison: comparisonCaption,
  landscape: (result) => landscapeCaption(result),
  layers: structuredCaption,
  weights: unstructuredCaption,
  shapley: shapleyCaption,
  interactions: interactionsCaption,
  sets: (result) => layerSetsCaption(result).reading,
  federated: federatedCaption,
  timeline: timelineCaption,
  tasks: multitaskCaption,
  domains: domainsCaption,
  kept: (result) => keptCaption(result).reading,
};

/** Merges across tasks with answers to the images of each. */
function answeredTasks(motifsOf: (images: number) => number[], random: Rng): MultitaskResult {
  const multitask = multitaskFixture(3);
  const motifs = motifsOf(imagesOfTasks(multitask));
  const ease = motifs.map(() => random.normal());
  const answered = <T extends { readonly own: readonly number[] }>(tested: T): T => {
    let first = 0;
    const right = multitask.tasks.map(({ test }, task) => {
      const level = 4 * tested.own[task] - 2;
      const ofTask = ease.slice(first, (first += test));
      return ofTask.map((one) => Number(one + 0.5 * random.normal() < level));
    });
    return { ...tested, own: right.map((one) => mean(one)), correct: packBits(right.flat()) };
  };
  const runs = multitask.runs.map((run) => ({
    ...run,
    single: answered(run.single),
    merges: run.merges.map((merge) => answered(merge)),
  }));
  return { ...multitask, motifs, runs };
}

/** A study with a part for every caption, in which every so many images show one motif and are mostly answered alike. */
function studyOf(seed: number, styles: number): StudyResult {
  const random = stream(seed, 'analysis');
  const motifsOf = (images: number): number[] =>
    denseMotifs(Array.from({ length: images }, () => Math.floor((random.uniform() * images) / styles)));
  const federated = federatedFixture({ rounds: 3, seeds: 3, done: () => 3 });
  const { config } = federated;
  const all = { ...federated, config: { ...config, analyses: { ...config.analyses, testImages: null } } };
  const bare = withTimeline(withDomains(withPathAnswers(withEveryCoalition(all))));
  const images = testedImages(bare);
  const motifs = motifsOf(images);
  const ease = motifs.map(() => random.normal());
  const answers = (level: number) => {
    const right = motifs.map((motif) => Number(ease[motif] + 0.5 * random.normal() < level));
    return { accuracy: mean(right), correct: packBits(right), loss: 1 };
  };
  const domains = bare.domains!.domains.map((domain) => ({ ...domain, motifs: motifsOf(domain.images) }));
  return {
    ...bare,
    task: { ...bare.task, motifs, zeroShot: answers(-0.5) },
    runs: bare.runs.map((run) => ({ ...run, test: answers(run.arm === 'lora' ? 0.5 : 0.6) })),
    shapley: bare.shapley.map((entry) => ({
      ...entry,
      motifs: new Set(motifs.slice(0, entry.images)).size,
      topThirdInfluence: packInfluence(Float64Array.from({ length: entry.images }, () => random.normal())),
    })),
    multitask: answeredTasks(motifsOf, random),
    federated: {
      ...bare.federated!,
      runs: bare.federated!.runs.map((run) => {
        const { accuracy, correct, loss } = answers(run.arm === 'lora' ? 0.5 : 0.55);
        return {
          ...run,
          accuracy: [...run.accuracy.slice(0, -1).map((share) => Math.round(share * images) / images), accuracy],
          loss: [...run.loss.slice(0, -1), loss],
          correct,
        };
      }),
    },
    domains: { ...bare.domains!, domains },
  };
}

it('links keep what captions say, and the intervals that the page shows', () => {
  const named = new Set<string>();
  const compared = new Set<string>();
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 2, max: 5 }), (seed, styles) => {
      const result = studyOf(seed, styles);
      const read = opened(encodeResultLink(result, 1e6).fragment);
      for (const [name, captionOf] of Object.entries(CAPTIONS)) {
        const before = captionOf(result);
        expect([name, captionOf(read)]).toEqual([name, before]);
        if (/[\d,]+ test images of [\d,]+ motifs/.test(before)) named.add(name);
      }
      for (const measure of [...SHOWN_MEASURES, ...Object.values(SUMMARY_MEASURES)]) {
        const [before, after] = [result, read].map((one) => armDifference(one, measure, 'lora', 'copra'));
        expect([measure.id, after?.scope]).toEqual([measure.id, before?.scope]);
        if (before?.scope !== 'seeds and images' || !after) continue;
        expect((after.high - after.low) / (before.high - before.low), measure.id).toBeCloseTo(1, 2);
        compared.add(measure.id);
      }
      const [table, tableBehind] = [result, read].map((one) => glanceReport(one, null).table);
      expect(tableBehind).toEqual(table);
      const [over, overBehind] = [result, read].map((one) => summaryCsv(one).match(/seeds and images|seeds|images/g));
      expect(overBehind).toEqual(over);
    }),
    { numRuns: 4 },
  );
  // Of other domains captions count pictures.
  expect(Object.keys(CAPTIONS).filter((name) => !named.has(name))).toEqual(['domains', 'kept']);
  expect([...compared]).toEqual(
    expect.arrayContaining(['accuracy even odd', 'merged updates', 'federated accuracy', 'test-accuracy']),
  );
  expect(compared.size).toBeGreaterThan(10);
});
