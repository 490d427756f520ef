/** The law of every training method as the Python script has it: what `Method` and `rampShape` compute, number for number. */
import type { MethodId } from '../../copra/methods/registry.ts';
import type { Ramp } from '../../copra/schedule.ts';

/** Expressions of Python; the settings of `arm` and the functions of template.py before the laws are at their disposal. */
interface PythonLaw {
  /** `Method.probability`, of `arm`, `step` and `depth`. */
  readonly probability: string;
  /** `Method.inputDropout`, of `arm` and `step`. */
  readonly inputDropout: string;
}

/** A method without its law does not compile. */
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

/** Shapes of the ramp, of `x` between 0 and 1. */
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
