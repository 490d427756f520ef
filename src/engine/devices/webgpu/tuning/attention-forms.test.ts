/** Which forms of attention a device can take, and what a thread holds in them. */
import { describe, expect, it } from 'vitest';
import type { Kernel } from '../kernel.ts';
import { attentionKeyGradientKernel, attentionQueryGradientKernel } from '../kernels/attention-gradient.ts';
import { attentionKernel, type AttentionVariant } from '../kernels/attention.ts';
import { ATTENTION, type AttentionProblem } from './attention-forms.ts';
import type { Hardware } from './forms.ts';
import { LEAST } from './test-hardware.ts';

/** Of ViT-B/32. */
const GRADIENT: AttentionProblem = {
  pass: 'gradient of k and v',
  head: { size: 64, width: 4 },
  causal: false,
  own: 50,
  length: 50,
  items: 96,
};
const kindsOf = (hardware: Hardware, problem: AttentionProblem): string[] => [
  ...new Set(ATTENTION.others(hardware, problem).map(({ kind }) => kind)),
];

describe('forms of attention', () => {
  it('in which threads share a row are for large heads on every card, by subgroups where it has them', () => {
    const sharing = (hardware: Hardware, problem: AttentionProblem) =>
      kindsOf(hardware, problem).filter((kind) => kind.startsWith('shared'));
    expect(sharing(LEAST, GRADIENT)).toEqual(['shared in memory']);
    expect(sharing({ ...LEAST, subgroups: true }, GRADIENT)).toEqual(['shared']);
    // A part is whole vectors of four.
    for (const size of [80, 96]) expect(sharing(LEAST, { ...GRADIENT, head: { size, width: 4 } })).toHaveLength(1);
    for (const size of [16, 40, 72]) expect(sharing(LEAST, { ...GRADIENT, head: { size, width: 4 } })).toEqual([]);
  });

  it('in which threads share a row are usual for gradients of heads that no thread has registers for, on cards whose subgroups have one size', () => {
    const usual = (hardware: Partial<Hardware>, problem: Partial<AttentionProblem> = {}) =>
      ATTENTION.usual({ ...LEAST, ...hardware }, { ...GRADIENT, ...problem }).kind;
    const card = { subgroups: true, subgroup: 32 };
    expect(usual(card)).toBe('shared');
    expect(usual(card, { pass: 'gradient of q', own: 197, length: 197 })).toBe('shared');
    // Seven rows, four threads each.
    expect(ATTENTION.usual({ ...LEAST, ...card }, { ...GRADIENT, own: 7, length: 7 }).threads).toBe(32);
    for (const [hardware, problem] of [
      [{ subgroups: true }, {}],
      [{}, {}],
      [{ ...card, software: true }, {}],
      [card, { pass: 'forward, kept' }],
      [card, { head: { size: 32, width: 4 } }],
      [card, { head: { size: 72, width: 4 } }],
    ] as const)
      expect(usual(hardware, problem)).not.toBe('shared');
    // What was usual is tried by the tuner.
    expect(kindsOf({ ...LEAST, ...card }, GRADIENT)).toContain('rows');
  });

  it('are named by what is likely to be fast: registers that are enough, then threads that do not idle', () => {
    const first = (hardware: Partial<Hardware>, problem: Partial<AttentionProblem>) =>
      ATTENTION.nameOf(ATTENTION.others({ ...LEAST, ...hardware }, { ...GRADIENT, ...problem })[0]);
    expect(first({}, { head: { size: 16, width: 4 }, own: 17, length: 17 })).toBe('packed, 64 threads');
    expect(first({ subgroups: true }, {})).toBe('shared, 64 threads');
    expect(first({}, {})).toBe('shared in memory, 64 threads');
    expect(first({}, { head: { size: 16, width: 4 }, own: 256, length: 256 })).toBe('rows, 64 threads');
  });

  it('in memory take no more of it than a workgroup has', () => {
    const threads = (workgroupBytes: number) =>
      ATTENTION.others({ ...LEAST, workgroupBytes }, GRADIENT).flatMap((form) =>
        form.kind === 'shared in memory' ? [form.threads] : [],
      );
    expect(threads(16384)).toEqual([64, 128, 32]);
    expect(threads(2048)).toEqual([64, 32]);
  });

  /** Values of vectors of a head that a thread holds at a time: those that the kernel declares. */
  const held = ({ code }: Kernel): number =>
    4 * (code.match(/\b(?:let|var) (?:q|k|v|dy|sum|mean|dk|dv)_\d+ = /g)?.length ?? 0);

  it('in which threads share a row hold a quarter of what a thread with a row of its own does', () => {
    const alone: AttentionVariant = {
      head: GRADIENT.head,
      causal: false,
      threads: 64,
      staged: true,
      packed: false,
      sharing: null,
    };
    const kernels = [
      (variant: AttentionVariant) => attentionKernel(variant, true),
      attentionQueryGradientKernel,
      attentionKeyGradientKernel,
    ];
    // q and its sum; q, dOut, k and two sums; k, v, dk, dv, q and dOut.
    const values = [2, 5, 6].map((vectors) => 64 * vectors);
    for (const [i, kernel] of kernels.entries()) {
      expect(held(kernel(alone))).toBe(values[i]);
      for (const sharing of ['subgroup', 'memory'] as const)
        expect(held(kernel({ ...alone, staged: false, sharing }))).toBe(values[i] / 4);
    }
  });
});
