/** The words of the choice of a precision. */
import { catalogue } from '../../../core/language/catalogue.ts';
import type { PrecisionChoice } from '../../../study/kernels/study-precision.ts';

interface PrecisionMessages {
  readonly title: string;
  readonly choices: Readonly<Record<PrecisionChoice, { readonly name: string; readonly note: string }>>;
  readonly note: string;
}

export const PRECISION_WORDS = catalogue<PrecisionMessages>('precision', {
  title: 'Precision of the backbone',
  choices: {
    f32: { name: 'Full precision', note: 'float32, as on every device' },
    f16: { name: 'Half precision', note: 'weights and MLP activations as float16' },
    auto: { name: 'Whichever is faster', note: 'measured during your studies' },
  },
  note: 'Counts from the next study on. Half precision rounds the frozen weights, and what a training step keeps of every MLP, by at most 1 part in 2,048: half the memory for weights, about a quarter less for a step. Numbers change a little, and results say so. What is trained stays in full precision.',
});
