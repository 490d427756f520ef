/** The words of the figures of other domains. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';

export const DOMAINS_WORDS = catalogue('domains', {
  /** Under both figures. */
  otherDomains: (count: number): string => counted(count, 'other domain'),
  mostImages: (count: number): string => `at most ${counted(count, 'image')} of each`,
  /** An analysis of updates, from which DoRA arms are left out. */
  productPath: 'the product path',
  scaling: 'scaling updates',
  target: {
    title: 'The task against other domains',
    help: {
      axes: 'Each adapter is tested on the domain that it was trained on (to the right: better) and on domains that it never saw (upwards: better, the mean over them). Filled marks are seeds with every layer on, the grey mark is the backbone without an adapter: zero-shot, or head only.',
      courses:
        'On the left, hollow marks lie between no layer and all of them: the layers are switched on in random orders, the same for every run, and a quarter, a half and three quarters of them are tested. Then, from one seed to the midpoint between two. Hollow marks are means over seeds, orders and pairs.',
      scaled:
        'Update scaled by s: W + s·ΔW, from the backbone (s = 0) to the run (s = 1), without any training (weight interpolation, WiSE-FT). An arm that is more accurate on the task can be scaled down until it is as accurate there as another: only then do the other domains say which of the two forgets less.',
      domains:
        'The other domains show the same classes, in test pictures that are transformed, drawn in another style, held out from training, or of another data set. Every domain counts the same. Axes begin where the marks do, not at 0.',
    },
    awaited: 'Accuracy on domains that no run was trained on appears here when training is done.',
    panels: {
      layers: 'More and more layers on',
      scaled: 'Update scaled by s',
      factor: 'Two seeds, A and B averaged',
      product: 'Two seeds, B·A averaged',
    },
    own: 'on the task’s domain, % (better →)',
    others: 'on other domains, % (better ↑)',
    /** Steps from the backbone to the whole adapter. */
    noLayer: 'no layer',
    someLayers: (on: number, layers: number): string => `${on} of ${counted(layers, 'layer')}`,
    everyLayer: 'every layer',
    /** Under the pointer: whose accuracies, in per cent. */
    reading: (whose: string, own: string, others: string): string => `${whose}: task ${own} %, others ${others} %`,
    seed: (arm: string, seed: number): string => `${arm}, seed ${seed}`,
    head: ['Arm', 'What', 'Step', 'Task’s domain %', 'Other domains %', 'Adapters'],
    /** What a row of the table is about. */
    rows: {
      layers: 'layers',
      scaled: 'scaled update',
      factor: 'factor path',
      product: 'product path',
    },
    caption: {
      compared: (domains: number, verdicts: string): string =>
        `${domains === 1 ? 'On the other domain' : `On ${domains} other domains`} ${verdicts}`,
      levels: (domains: number, reached: string): string =>
        `${domains === 1 ? 'On the other domain' : `On ${domains} other domains`}: ${reached}`,
      /** @param frozen the accuracy of the backbone, with its name */
      reached: (arms: string, frozen: string): string => `${arms}, ${frozen}`,
      /** Which halves they are is the same for every run and arm. */
      half: (arms: string, halves: number): string =>
        `with ${counted(halves, 'fixed half', 'fixed halves')} of the layers on ${arms}`,
      own: (arms: string): string => `on the domain they were trained on ${arms}`,
      /** @param scaled arms with what they are scaled by; empty: they are equally accurate unscaled @param levels what they reach on other domains */
      equalTask: (scaled: string, levels: string, verdict: string): string =>
        `At equal accuracy on the task${scaled ? ` (${scaled})` : ''} on other domains ${levels}: ${verdict}.`,
      /** @param s mean over the seeds */
      scaledBy: (arm: string, s: string): string => `${arm} scaled by ${s}`,
      /** Some seed of one arm stays above the other, however far it is scaled down. */
      apart: (arms: string): string =>
        `${arms} cannot be compared at equal accuracy on the task: in some seed, the better one cannot be scaled down to the other.`,
      /** What intervals are over. */
      pictures: (pictures: number): string => `${counted(pictures, 'different picture')} in other domains`,
      /**
       * @param pictures that the images show: some domains show the same ones, transformed
       * @param motifs of the pictures; null where each has its own, as far as anybody knows
       */
      over: (seeds: string, images: number, pictures: number, motifs: number | null): string => {
        const ofMotifs = motifs === null ? '' : ` of ${counted(motifs, 'motif')}`;
        return pictures < images
          ? `${seeds}, ${counted(images, 'test image')} in other domains: ${counted(pictures, 'different picture')}${ofMotifs}`
          : `${seeds}, ${counted(images, 'test image')}${ofMotifs} in other domains`;
      },
    },
  },
  kept: {
    title: 'What is kept of the backbone',
    help: {
      difference:
        'Accuracy with every layer on, less that of the backbone (zero-shot, or head only), domain by domain. Left of 0 training cost something that the backbone could do: it forgot. Right of 0 what was learned on one domain helps on another.',
      intervals:
        'Lines are 95 % intervals: over other seeds and other images, where the answers to single images are known.',
    },
    awaited: 'What training costs and gives on every other domain appears here when training is done.',
    meanOfThese: 'Mean of these',
    trainedOn: 'Trained on',
    difference: 'accuracy less the backbone’s, points (better →)',
    differenceShort: 'difference, points (better →)',
    interval: (mean: string, low: string, high: string): string => `${mean} (${low} to ${high})`,
    reading: (domain: string, arm: string, interval: string): string => `${domain}, ${arm}: ${interval} points`,
    head: (frozen: string): readonly string[] => ['Domain', 'Images', `${frozen} %`],
    armHead: (arm: string, frozen: string): readonly [string, string] => [
      `${arm} %`,
      `${arm} − ${frozen} (95 % interval)`,
    ],
    caption: {
      changed: (name: string, points: string, isLoss: boolean, isFirst: boolean): string =>
        `${name} ${isLoss ? 'loses' : 'gains'} ${points}${isFirst ? ' points' : ''}`,
      against: (arms: string): string => `Against the backbone, over the other domains ${arms}`,
      lower: (domains: string): string => `clearly lower on ${domains}`,
      higher: (domains: string): string => `clearly higher on ${domains}`,
      none: 'none',
    },
    message: {
      tooFew: 'On other domains, too few seeds to say what training changes.',
      below: (names: string, count: number): string => `${names} ${count > 1 ? 'are' : 'is'} below the backbone`,
      above: (names: string, count: number): string => `${names} ${count > 1 ? 'are' : 'is'} above the backbone`,
      unclear: (names: string, count: number): string =>
        `${names} ${count > 1 ? 'are' : 'is'} not clearly apart from the backbone`,
      whole: (parts: string): string => `On other domains, ${parts}.`,
    },
  },
});
