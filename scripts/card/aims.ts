/** The aims of the engine on a graphics card, held against what was found on one. */
import { counted } from '../../src/core/counted.ts';
import { amountOf, ratioOnUnit, roofOf, timingOf } from '../../src/engine/measure/compare.ts';
import { RIVALS } from '../../src/engine/measure/contenders.ts';
import { isProduct, TASKS } from '../../src/engine/measure/tasks.ts';
import type { Aim, CardReport } from './report.ts';

type Found = Pick<CardReport, 'adapter' | 'measurement' | 'start' | 'tuning' | 'peers' | 'study' | 'vectors'>;

/** Times the plain model in stock TensorFlow.js, of a step of four runs. */
const LEAST_RATIO = 10;
/** Share of the best product rate that anybody reached on the card. */
const LEAST_SHARE = 0.6;
/** Milliseconds of a step of four runs of Emoji-CLIP. */
const MOST_STEP = 5;
/** Times PyTorch's step, of ViT-B/32. */
const MOST_OF_TORCH = 3;
/** Milliseconds from data at hand to the end of the first step. */
const MOST_START = 1000;

interface Question {
  readonly aim: string;
  /** Means something on a graphics card only. */
  readonly ofCards: boolean;
  /** What was found and whether it is enough; a text says why nothing was. */
  readonly answer: (found: Found) => { readonly found: string; readonly reached: boolean } | string;
}

const NOT_MEASURED = 'the part that measures it found nothing';

const stepOf = ({ peers }: Found, id: string, name: RegExp) =>
  peers?.cases.find((one) => one.id === id)?.contenders.find((contender) => name.test(contender.name));

const QUESTIONS: readonly Question[] = [
  {
    aim: `A step of four runs takes the plain model in stock TensorFlow.js on the same card ${LEAST_RATIO} times as long`,
    ofCards: true,
    answer({ measurement }) {
      const ratio = measurement && ratioOnUnit(measurement, 'step-4', 'card', 'plain');
      if (!ratio) return NOT_MEASURED;
      const { value, low, high } = ratio;
      return {
        found: `${value.toFixed(1)} (${low.toFixed(1)} to ${high.toFixed(1)}) ×`,
        reached: value >= LEAST_RATIO,
      };
    },
  },
  {
    aim: `Every product of the protocol reaches ${100 * LEAST_SHARE} % of the best rate seen on the card`,
    ofCards: true,
    answer({ measurement }) {
      const roof = measurement && roofOf(measurement, 'card');
      if (!roof) return NOT_MEASURED;
      const shares = TASKS.filter(({ id }) => isProduct(id)).flatMap((task) => {
        const timing = timingOf(measurement, task.id, RIVALS.card.own);
        return timing ? [{ id: task.id, share: amountOf(task, timing.median) / roof.flops }] : [];
      });
      if (shares.length === 0) return NOT_MEASURED;
      const least = shares.reduce((worst, one) => (one.share < worst.share ? one : worst));
      return {
        found: `at least ${Math.round(100 * least.share)} % (${least.id})`,
        reached: least.share >= LEAST_SHARE,
      };
    },
  },
  {
    aim: `A step of four runs of Emoji-CLIP takes at most ${MOST_STEP} ms`,
    ofCards: true,
    answer({ measurement }) {
      const timing = measurement && timingOf(measurement, 'step-4', RIVALS.card.own);
      if (!timing) return NOT_MEASURED;
      const milliseconds = 1000 * timing.median;
      return { found: `${milliseconds.toFixed(2)} ms`, reached: milliseconds <= MOST_STEP };
    },
  },
  {
    aim: `A step of ViT-B/32, batch 32, takes at most ${MOST_OF_TORCH} times that of PyTorch fp32 eager on the same card`,
    ofCards: true,
    answer(found) {
      if (found.peers?.torch && !found.peers.torch.device.startsWith('cuda'))
        return 'PyTorch computes on the processor here';
      const [own, torch] = [stepOf(found, 'vit-b32', /^engine/), stepOf(found, 'vit-b32', /^PyTorch eager/)];
      if (!own || !torch) return found.peers?.missing.join('; ') || NOT_MEASURED;
      const ratio = own.median / torch.median;
      return { found: `${ratio.toFixed(2)} ×`, reached: ratio <= MOST_OF_TORCH };
    },
  },
  {
    aim: `The first step ends at most ${MOST_START / 1000} s after the data are ready`,
    ofCards: true,
    answer({ start }) {
      if (!start) return NOT_MEASURED;
      const wait = start.compile + start.firstStep;
      return {
        found: `${(wait / 1000).toFixed(2)} s, ${Math.round(100 * start.compileShare)} % of it compiling ${start.pipelines} pipelines`,
        reached: wait <= MOST_START,
      };
    },
  },
  {
    aim: 'Golden vectors match with every form of every kernel',
    ofCards: false,
    answer({ vectors }) {
      if (!vectors || vectors.passes.length === 0) return NOT_MEASURED;
      const { passes, left } = vectors;
      const wrong = passes.flatMap((pass) => pass.wrong);
      const checked = passes.reduce((sum, pass) => sum + pass.checked, 0);
      if (wrong.length > 0)
        return { found: `${wrong.length} of ${checked} outputs differ: ${wrong[0]}`, reached: false };
      const all = `${checked} outputs in ${counted(passes.length, 'pass', 'passes')} match`;
      return left.length === 0
        ? { found: all, reached: true }
        : `${all}; left out: ${counted(left.length, 'pass', 'passes')}`;
    },
  },
  {
    aim: 'A study runs from its first step to its last figure',
    ofCards: false,
    answer({ study }) {
      if (!study) return NOT_MEASURED;
      return { found: `${Math.round(study.seconds)} s on ${study.device}`, reached: study.arms.length > 0 };
    },
  },
];

export function aimsOf(found: Found): Aim[] {
  return QUESTIONS.map(({ aim, ofCards, answer }): Aim => {
    if (ofCards && found.adapter.software)
      return { aim, found: null, verdict: 'not measured', why: 'the adapter is emulated on the processor' };
    const answered = answer(found);
    if (typeof answered === 'string') return { aim, found: null, verdict: 'not measured', why: answered };
    return { aim, found: answered.found, verdict: answered.reached ? 'pass' : 'fail', why: null };
  });
}
