/** The words of kernels in several forms. Names of kernels and forms stay as they are. */
import { catalogue } from '../../../../core/language/catalogue.ts';
import { counted } from '../../../../core/counted.ts';
import { fixed } from '../../../../core/number-format.ts';
import type { Fault } from '../../../../engine/kernel-tuning.ts';

interface KernelMessages {
  readonly title: string;
  readonly none: string;
  /** @param changed of so many measured kernels */
  readonly summary: (changed: number, measured: number) => string;
  /** Milliseconds of a training step in the measured kernels, and the interval of what is saved. */
  readonly gain: (usual: number, best: number, saved: readonly [low: number, high: number]) => string;
  readonly inUse: (count: number) => string;
  readonly note: string;
  readonly table: string;
  readonly columns: { readonly kernel: string; readonly usual: string; readonly best: string };
  readonly sameForm: string;
  readonly unmeasured: string;
  readonly faults: string;
  readonly reasons: Readonly<Record<Fault, string>>;
  readonly save: string;
  readonly open: string;
  readonly forget: string;
  readonly forgotten: string;
  readonly opened: (device: string) => string;
  readonly notOne: string;
}

export const KERNEL_WORDS = catalogue<KernelMessages>('kernels', {
  title: 'Kernels measured on this device',
  none: 'Nothing has been measured yet. That happens between the first steps of a study on a graphics card, for 1.5 seconds.',
  summary: (changed, measured) => `${changed} of ${counted(measured, 'kernel')} faster in another form`,
  gain: (usual, best, [low, high]) =>
    `In a training step they take ${fixed(best, 2)} ms instead of ${fixed(usual, 2)}: ${fixed(low, 2)} to ${fixed(high, 2)} ms less (95 % interval over the timed steps).`,
  inUse: (count) =>
    count === 0
      ? 'The study shown had the usual forms.'
      : `The study shown had ${counted(count, 'kernel')} in other forms.`,
  note: 'Another form wins only if its numbers agree with those of the usual form up to rounding, and if it is faster by more than the noise. The next studies on this device use it, for 30 days: then it is measured again, because the graphics driver may be another one. Other forms round differently in the last digits: with the same file, a study repeats bit for bit on this device.',
  table: 'Every kernel',
  columns: { kernel: 'Kernel and shapes', usual: 'Usual form', best: 'Fastest form' },
  sameForm: 'the usual one',
  unmeasured: 'too short to measure',
  faults: 'Forms never used here, and why',
  reasons: {
    compile: 'does not compile',
    wrong: 'wrong numbers',
    bits: 'other bits where the same were expected',
    slow: 'took too long',
    lost: 'the device was lost',
    nonsense: 'impossible times',
  },
  save: 'Save as a file',
  open: 'Open a file …',
  forget: 'Forget',
  forgotten: 'Forgotten. The next study has the usual forms and measures again.',
  opened: (device) => `Opened: the next study on ${device} uses it.`,
  notOne: 'This file holds no measured kernels.',
});
