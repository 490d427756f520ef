import { describe, expect, it } from 'vitest';
import { unknown, always, plain, pruned } from '../../../study/readings/test-readings.ts';
import { independentImages } from '../../../core/clusters.ts';
import { structuredReading, unstructuredReading } from './pruning-caption.ts';

describe('pruning readings', () => {
  const arms = [
    { id: 'LoRA', name: 'LoRA', results: [pruned(0.61, [0.6, 0.4, 0.2])] },
    { id: 'CopRA', name: 'CopRA', results: [pruned(0.89, [0.58, 0.5, 0.42])] },
  ];

  it('structured', () => {
    expect(plain(structuredReading(arms, independentImages(800), always(0.28, 0.1)))).toBe(
      'With every other layer removed LoRA keeps 61 % of its gain and CopRA 89 % (1 seed each, 800 test images); ' +
        'with only a third of the layers left LoRA keeps 61 % of its gain and CopRA 89 %; removing layers ' +
        'costs CopRA less of its gain than LoRA (95 % interval 18.0 to 38.0 points over seeds and images).',
    );
    expect(structuredReading([...arms].reverse(), independentImages(800), unknown)).toContain(
      'costs LoRA more of its gain than CopRA',
    );
    expect(structuredReading([], independentImages(800), unknown)).toBe('Nothing measured yet.');
  });

  it('says what costs less by the seeds that both arms have', () => {
    const reading = (sign: 1 | -1) => plain(structuredReading(arms, independentImages(800), always(sign * 0.28, 0.1)));
    expect(reading(1)).toContain('costs CopRA less of its gain than LoRA (95 % interval 18.0');
    expect(reading(-1)).toContain(
      'costs CopRA more of its gain than LoRA, over the 2 seeds that both have (95 % interval 18.0 to 38.0 points',
    );
  });

  it('counts the seeds that gained enough to say', () => {
    const some = [{ ...arms[0], results: [pruned(0.6, [0.5]), pruned(null, [0.5])] }];
    expect(plain(structuredReading(some, independentImages(800), unknown))).toContain(
      'With every other layer removed LoRA keeps 60 % of its gain (1 of 2 seeds; the others gained too little to say) (2 seeds',
    );
    const none = [{ ...arms[0], results: [pruned(null, [0.5])] }];
    expect(plain(structuredReading(none, independentImages(800), unknown))).toContain(
      'With every other layer removed LoRA gained too little to say (',
    );
  });

  it('unstructured', () => {
    expect(plain(unstructuredReading(arms, 'factors', independentImages(800), unknown))).toBe(
      'With 50 % of the entries of A and B removed LoRA has 40.0 % and CopRA 50.0 % accuracy (1 seed each, 800 test images, ' +
        'sampling error 1.7 points); CopRA is 10.0 points ahead of LoRA, but the seeds are too few to tell; averaged over sparsities of 0 to 90 %: 40.0 % and 50.0 %.',
    );
    expect(unstructuredReading(arms, 'update', independentImages(800), unknown)).toBe('Nothing measured yet.');
  });

  it('compares no arms at a sparsity that is not one half', () => {
    const far = arms.map((arm) => ({
      ...arm,
      results: arm.results.map((run) => ({
        ...run,
        unstructured: run.unstructured.map((curve) => ({ ...curve, sparsities: [0, 0.8, 0.9] })),
      })),
    }));
    const text = plain(unstructuredReading(far, 'factors', independentImages(800), unknown));
    expect(text).toContain('With 80 % of the entries of A and B removed LoRA has 40.0 %');
    expect(text).not.toContain('ahead of');
  });
});
