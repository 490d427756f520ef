/** A study evaluates nothing twice, and finds what it would have found: the same bits. */
import { expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { inputsOf, record, tinyConfig } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

/** Counts image passes: variants times images. */
function counted(): { engine: Engine; passes: () => number } {
  let passes = 0;
  const counting: Engine = {
    ...engine,
    createEvaluator(spec) {
      const evaluator = engine.createEvaluator(spec);
      return {
        imageSet: (patches, labels) => evaluator.imageSet(patches, labels),
        get blockEvaluations() {
          return evaluator.blockEvaluations;
        },
        dispose: () => evaluator.dispose(),
        evaluate(variants, set, options) {
          passes += variants.length * set.count;
          return evaluator.evaluate(variants, set, options);
        },
      };
    },
  };
  return { engine: counting, passes: () => passes };
}

it('ends of paths, masks that keep everything or nothing and sparsities of nothing are not computed again', async () => {
  const { analyses } = tinyConfig();
  const config = tinyConfig({
    analyses: {
      ...analyses,
      timeline: { enabled: true, steps: 2, points: 3 },
    },
  });
  const [forgetful, remembering] = [counted(), counted()];
  const before = await record(inputsOf(forgetful.engine, config, { answerBytes: 0 }));
  const after = await record(inputsOf(remembering.engine, config));
  expect({ ...after.result, provenance: null }).toEqual({ ...before.result, provenance: null });
  const { test } = before.result.task;
  const runs = before.result.runs.length;
  // At least: two ends of a factor path per pair (one pair per arm); all, none and two sparsities of nothing (factors, tensors) per run.
  expect(forgetful.passes() - remembering.passes()).toBeGreaterThanOrEqual(test * (2 * 2 + 4 * runs));
});
