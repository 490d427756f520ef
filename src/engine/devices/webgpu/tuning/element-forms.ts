/** The forms of kernels that compute every value on its own: activations, gathers and AdamW. They change who computes a value, and no bit of it. */
import { FRACTION_BITS } from '../../../../model/resize.ts';
import {
  ELEMENTS,
  elementFormName,
  elementsOf,
  USUAL_ELEMENTS,
  type ElementForm,
  type Width,
} from '../kernels/elements.ts';
import { blockFormName, blockValues, USUAL_BLOCKS, type BlockForm } from '../kernels/segment-blocks.ts';
import { apart, sizeClass, type Family, type Inputs } from './forms.ts';

export interface ElementProblem {
  /** Everything but width and form that decides which kernel it is. */
  readonly kernel: string;
  readonly width: Width;
  /** Elements, of `width` values each. */
  readonly count: number;
}

const FORMS: readonly ElementForm[] = [
  { threads: 64, each: 1 },
  { threads: 128, each: 1 },
  { threads: 64, each: 4 },
  { threads: ELEMENTS, each: 4 },
];
/** Workgroups that are left at least where threads take several elements: fewer leave a card idle. */
const LEAST_WORKGROUPS = 64;

const isEnough = (each: number, workgroups: number): boolean => each === 1 || workgroups >= LEAST_WORKGROUPS;

const elementFamily = (id: string): Family<ElementProblem, ElementForm> => ({
  id,
  siteOf: ({ kernel, width, count }) => `${kernel}, ${sizeClass(count)} times ${width}`,
  nameOf: elementFormName,
  usual: () => USUAL_ELEMENTS,
  others: ({ invocations }, { count }) =>
    FORMS.filter((form) => form.threads <= invocations && isEnough(form.each, count / elementsOf(form))),
  sameOrder: () => true,
});

/** The float whose bits are those of this whole number below 2²³. */
const withBits = (word: number): number => word * 2 ** -149;

/** Taps of a resized axis (kernels/images.ts): rows of the first source pixel, how many, and as many weights. */
function taps(random: number, at: number, cols: number): number {
  const weights = cols - 2;
  switch (at % cols) {
    case 0:
      return 0;
    case 1:
      return withBits(weights);
    default:
      return withBits(Math.floor((Math.abs(random) * 2 ** FRACTION_BITS) / weights));
  }
}

export const ACTIVATIONS = elementFamily('activation');
/** Rows, chunks, tokens and pixels that are copied, put together or added up by place. */
export const GATHERS: Family<ElementProblem, ElementForm> = { ...elementFamily('gather'), inputs: { taps } };

export interface UpdateProblem {
  /** Of all slots, whether they are active or not: gates change from step to step. */
  readonly values: number;
  /** Four where every segment starts and ends at a multiple of four. */
  readonly width: Width;
}

const BLOCK_FORMS: readonly BlockForm[] = [
  { threads: 64, each: 1, width: 1 },
  { threads: 64, each: 1, width: 4 },
  { threads: 256, each: 1, width: 4 },
  { threads: 256, each: 4, width: 1 },
];

/** A second moment is the mean of squares. Near zero it would make steps that hide all others. */
const SECOND_MOMENT = (random: number): number => random ** 2 + 2 ** -10;

export const UPDATES: Family<UpdateProblem, BlockForm> & { readonly inputs: Inputs } = {
  id: 'AdamW',
  siteOf: ({ values, width }) => `${sizeClass(values)} values${width === 1 ? '' : ` by ${width}`}`,
  nameOf: blockFormName,
  usual: () => USUAL_BLOCKS,
  others: ({ invocations }, { values, width }) =>
    apart(
      USUAL_BLOCKS,
      BLOCK_FORMS.filter(
        (form) => form.threads <= invocations && form.width <= width && isEnough(form.each, values / blockValues(form)),
      ),
      blockFormName,
    ),
  sameOrder: () => true,
  inputs: { v: SECOND_MOMENT },
};
