/** The law of every training method in the Python script: computes the same numbers as `Method` and `rampShape`. */
import type { MethodId } from '../../copra/methods/registry.ts';
import type { Ramp } from '../../copra/schedule.ts';

/** Python expressions; they can use the settings of `arm` and the functions that template.py defines before the laws. */
interface PythonLaw {
  /** `Method.probability` as a function of `arm`, `step` and `depth`. */
  readonly probability: string;
  /** `Method.inputDropout` as a function of `arm` and `step`. */
  readonly inputDropout: string;
}

/** A method without a law does not compile. */
const LAWS: Readonly<Record<MethodId, PythonLaw>> = {
  lora: { probability: '1.0', inputDropout: '0.0' },
  copra: { probability: 'min(1.0, ramped(arm, step, arm["p0"], 1.0))', inputDropout: '0.0' },
  'layer-drop': { probability: 'arm["keepProbability"]', inputDropout: '0.0' },
  'stochastic-depth': { probability: '1 - depth * (1 - arm["keepProbability"])', inputDropout: '0.0' },
  'lora-dropout': { probability: '1.0', inputDropout: 'arm["inputDropout"]' },
  'progressive-dropout': {
    probability: '1.0',
    inputDropout: 'ramped(arm, step, arm["initialDropout"], arm["inputDropout"])',
  },
};

/** Shapes of the ramp as functions of `x` between 0 and 1. */
const RAMP_SHAPES: Readonly<Record<Ramp, string>> = {
  linear: 'x',
  sine: 'math.sin(math.pi / 2 * x)',
  exponential: 'math.expm1(x) / math.expm1(1)',
};

const dictionary = (entries: readonly (readonly [string, string])[]): string =>
  `{\n${entries.map(([key, value]) => `    "${key}": ${value},\n`).join('')}}`;

/** Python: method → (activation probability of arm, step and depth; input dropout of arm and step). */
export const pythonLaws = (): string =>
  dictionary(
    Object.entries(LAWS).map(([id, { probability, inputDropout }]) => [
      id,
      `(lambda arm, step, depth: ${probability}, lambda arm, step: ${inputDropout})`,
    ]),
  );

/** Python: schedule → shape. */
export const pythonRamps = (): string =>
  dictionary(Object.entries(RAMP_SHAPES).map(([kind, shape]) => [kind, `lambda x: ${shape}`]));
