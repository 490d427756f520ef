/** Evaluates many variants on many images in batches, doing shared work once (variants.ts has the plan). */
import { rowsOfPass, type EvaluationBudget } from '../../budget.ts';
import type { Device } from '../../device.ts';
import type { Evaluation, EvaluateOptions, Evaluator, EvaluatorSpec, Variant } from '../../engine.ts';
import { OutOfMemoryError } from '../../errors.ts';
import { preparePrompts } from '../towers.ts';
import type { DeviceBackbone } from '../weights.ts';
import { EvaluationImages } from './evaluation-images.ts';
import { evaluateResident, type EvaluationContext } from './resident-evaluation.ts';
import { residentRanges } from './variants.ts';

/** @throws RangeError when the objective does not fit the backbone. */
export function createEvaluator<T>(
  device: Device<T>,
  backbone: DeviceBackbone<T>,
  spec: EvaluatorSpec,
  budget: EvaluationBudget,
): Evaluator {
  checkObjective(backbone, spec);
  const { layout, objective } = spec;
  const { vision, clip } = backbone;
  const { classes } = objective;
  const prompts = objective.kind === 'clip' && clip ? preparePrompts(clip.text, objective.tokens, classes) : null;
  const widest = Math.max(vision.mlpWidth, vision.patchLength, clip?.text.mlpWidth ?? 0);
  /** Of the features that are compared with those of the classes. */
  const width = clip && objective.kind !== 'linear' ? clip.visionProjection.outFeatures : vision.width;
  /** Tensors that may be as large as features, or scores, of all classes for each of so many. */
  const timesClasses = (values: number): number => Math.max(1, Math.floor(budget.tensorBytes / (4 * classes * values)));
  const images = new EvaluationImages(device, vision, rowsOfPass(budget, widest));
  const textPairs = prompts ? [...layout.pairs.keys()].filter((pair) => layout.pairs[pair].tower === 'text') : [];
  const most = {
    adapters: Math.max(1, Math.floor(budget.adapterBytes / (layout.size * 4))),
    textStates: timesClasses(width),
  };
  let blockEvaluations = 0;
  /** As much at a time as memory has been found for. */
  const contextNow = (): EvaluationContext<T> => {
    const { rows } = images;
    return {
      device,
      backbone,
      spec,
      prompts,
      rows,
      mostVariants: (count) => Math.max(1, Math.min(Math.floor(rows / count), timesClasses(Math.max(count, width)))),
      onBlocks: (evaluations) => (blockEvaluations += evaluations),
    };
  };

  return {
    imageSet: (patches, labels) => images.create(patches, labels, classes),
    async evaluate(variants, imageSet, options: EvaluateOptions = {}) {
      const set = images.find(imageSet);
      checkVariants(variants, spec);
      const total = variants.length * set.count;
      const result: Evaluation = {
        loss: new Float32Array(total),
        predicted: new Int32Array(total),
        logits: options.logits ? new Float32Array(total * classes) : null,
      };
      let done = 0;
      const advance = (scores: number) => {
        done += scores;
        options.onProgress?.(Math.min(1, done / total));
      };
      for (const [from, to] of residentRanges(variants, textPairs, most))
        for (;;) {
          const before = done;
          try {
            const target = { result, first: from, advance };
            await evaluateResident(contextNow(), variants.slice(from, to), set, target, options);
            break;
          } catch (error) {
            if (!(error instanceof OutOfMemoryError) || !images.shrink(set)) throw error;
            done = before;
          }
        }
      return result;
    },
    get blockEvaluations() {
      return blockEvaluations;
    },
    dispose: () => {},
  };
}

function checkObjective<T>({ clip }: DeviceBackbone<T>, { layout, objective }: EvaluatorSpec): void {
  if (objective.kind !== 'linear' && !clip)
    throw new RangeError('This backbone has no text tower: class prompts need CLIP, use a linear head instead.');
  if (objective.kind === 'linear' && !layout.head)
    throw new RangeError('The linear objective needs a layout with a head.');
}

function checkVariants(variants: readonly Variant[], { layout }: EvaluatorSpec): void {
  variants.forEach(({ adapter, gates }, i) => {
    if (adapter.length !== layout.size || gates.length !== layout.pairs.length)
      throw new RangeError(`Variant ${i} does not fit the layout (${adapter.length} values, ${gates.length} gates).`);
  });
}
