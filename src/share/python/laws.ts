/** The law of every training method in Python: computes the same numbers as `Method` and `rampShape`. */
import { METHODS, type MethodId } from '../../copra/methods/registry.ts';
import type { Ramp } from '../../copra/schedule.ts';
import { completeArm } from '../../study/config/config.ts';
import { defaultArm } from '../../study/config/default-arm.ts';
import { pythonLiteral } from './literal.ts';

/** Python expressions; they can use the settings of `arm` and the functions that copra_peft.py defines before the laws. */
interface PythonLaw {
  /** `Method.probability` as a function of `arm`, `step`, `steps` and `depth`. */
  readonly probability: string;
  /** `Method.inputDropout` as a function of `arm`, `step` and `steps`; null: the method drops no inputs. */
  readonly inputDropout: string | null;
}

/** A method without a law does not compile. */
const LAWS: Readonly<Record<MethodId, PythonLaw>> = {
  lora: { probability: '1.0', inputDropout: null },
  copra: {
    probability:
      'min(1.0, ramped({**arm, "rampFraction": min(1.0, arm["rampFraction"] * (1 + arm["rampSlope"] * (2 * depth - 1)))}, step, steps, arm["p0"], 1.0))',
    inputDropout: null,
  },
  'layer-drop': { probability: 'arm["keepProbability"]', inputDropout: null },
  'stochastic-depth': { probability: '1 - depth * (1 - arm["keepProbability"])', inputDropout: null },
  'lora-dropout': { probability: '1.0', inputDropout: 'arm["inputDropout"]' },
  'progressive-dropout': {
    probability: '1.0',
    inputDropout: 'ramped(arm, step, steps, arm["initialDropout"], arm["inputDropout"])',
  },
};

/** Shapes of the ramp as functions of `x` between 0 and 1. */
const RAMP_SHAPES: Readonly<Record<Ramp, string>> = {
  linear: 'x',
  sine: 'math.sin(math.pi / 2 * x)',
  exponential: 'math.expm1(x) / math.expm1(1)',
  constant: '0.0',
};

const dictionary = (entries: readonly (readonly [string, string])[]): string =>
  `{\n${entries.map(([key, value]) => `    "${key}": ${value},\n`).join('')}}`;

/** Python: method → (activation probability of arm, step, steps and depth; input dropout of arm, step and steps). */
const pythonLaws = (): string =>
  dictionary(
    Object.entries(LAWS).map(([id, { probability, inputDropout }]) => [
      id,
      `(lambda arm, step, steps, depth: ${probability}, ${inputDropout === null ? 'None' : `lambda arm, step, steps: ${inputDropout}`})`,
    ]),
  );

/** Python: schedule → shape. */
const pythonRamps = (): string =>
  dictionary(Object.entries(RAMP_SHAPES).map(([kind, shape]) => [kind, `lambda x: ${shape}`]));

/** The settings that methods read, in the order of the controls. */
const READ = new Set<string>(METHODS.flatMap(({ settings }) => settings));

/** Python: setting of a method → usual value. */
const pythonUsual = (): string =>
  dictionary(
    Object.entries(completeArm(defaultArm('copra', 'copra', 'CopRA')))
      .filter(([key]) => READ.has(key))
      .map(([key, value]) => [key, pythonLiteral(value)]),
  );

/** The part of copra_peft.py that follows from the methods and settings of this project. */
export const lawsInPython = (): string => `# Shapes of the ramp: 0 at x = 0, 1 at x = 1.
RAMPS = ${pythonRamps()}

# The law of every method, two functions. Of (arm, step, steps, depth): the probability that a group is active at the 0-indexed
# step; depth is l / L for the l-th of the L adapted layers of its tower. Of (arm, step, steps): the share of the inputs of A
# that is zeroed; None: the method drops no inputs.
LAWS = ${pythonLaws()}

# What a setting is where nothing else is said.
USUAL = ${pythonUsual()}`;
