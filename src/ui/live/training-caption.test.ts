import { describe, expect, it } from 'vitest';
import { independentImages } from '../../core/clusters.ts';
import type { IntervalScope } from '../../core/crossed-interval.ts';
import { unknown, always, plain, run } from '../../study/readings/test-readings.ts';
import { takenReading, trainingReading } from './training-caption.ts';
import { guessReading } from './troubles.ts';

describe('trainingReading of training that ends badly', () => {
  const floor = { chance: 0.1, frozen: { name: 'zero-shot' as const, accuracy: 0.35 } };

  it('names diverged runs, and leaves them out of the means', () => {
    const results = [run(0.5, 300, 1), { ...run(null, 300, 2), diverged: 20 }, run(0.6, 300, 3)];
    const text = plain(
      trainingReading([{ id: 'lora', name: 'LoRA', results }], floor, independentImages(800), unknown),
    );
    expect(text).toContain('LoRA reaches 55.0 ± 7.1 % test accuracy (2 seeds');
    expect(text).toContain(
      '1 of 3 runs of LoRA diverged (seed 2 at step 20) and is left out of every mean and figure: lower the learning rate of LoRA',
    );
  });

  it('tells of an arm of which nothing is left', () => {
    const results = [1, 2].map((seed) => ({ ...run(null, 300, seed), diverged: 7 }));
    expect(trainingReading([{ id: 'lora', name: 'LoRA', results }], floor, independentImages(800), unknown)).toBe(
      'all of 2 runs of LoRA diverged (seed 1 at step 7, seed 2 at step 7) and are left out of every mean and figure: lower the learning rate of LoRA.',
    );
  });

  it.each([
    [0.03, 800, /LoRA ends below chance \(10\.0 %\): try a tenth of its learning rate/],
    [
      0.2,
      800,
      /LoRA ends 15\.0 points below the backbone without training.*: try a lower learning rate, fewer steps or/,
    ],
  ])('says that %f is too little, and what to try', (accuracy, images, words) => {
    expect(
      plain(
        trainingReading(
          [{ id: 'lora', name: 'LoRA', results: [run(accuracy)] }],
          floor,
          independentImages(images),
          unknown,
        ),
      ),
    ).toMatch(words);
  });

  it.each([
    [0.09, 100, { chance: 0.1, frozen: null }],
    [0.33, 100, floor],
    [0.36, 800, floor],
  ])('says nothing of what may be the sampling of images: %f of %i images', (accuracy, images, given) => {
    expect(
      trainingReading(
        [{ id: 'lora', name: 'LoRA', results: [run(accuracy)] }],
        given,
        independentImages(images),
        unknown,
      ),
    ).not.toMatch(/below/);
  });
});

it.each([
  ['zero-shot', 0.23, true],
  ['zero-shot', 0.3, true],
  ['zero-shot', 0.4, false],
  ['head only', 0.23, false],
] as const)('guessReading of a backbone at %s %f says that it only guesses: %s', (name, accuracy, guesses) => {
  const text = guessReading({ chance: 0.25, frozen: { name, accuracy } }, independentImages(48));
  expect(plain(text)).toMatch(guesses ? /not clearly better than guessing \(25\.0 %\).* “Get another backbone”/ : /^$/);
});

describe('trainingReading beside a head trained alone', () => {
  const floor = { chance: 0.1, frozen: { name: 'head only' as const, accuracy: 0.373 } };
  const reading = (accuracy: number) =>
    plain(
      trainingReading(
        [{ id: 'lora', name: 'LoRA', results: [run(accuracy)] }],
        floor,
        independentImages(2000),
        unknown,
      ),
    );

  it('says that an adapter does harm', () => {
    expect(reading(0.318)).toMatch(
      /; with the head alone it is 37\.3 %; LoRA ends 5\.5 points below a head trained alone on the frozen backbone, so its adapter does harm or was trained too little: try another learning rate, more steps or more/,
    );
    expect(reading(0.4)).not.toMatch(/below/);
  });

  it('speaks neither of prompts nor of zero-shot', () => {
    for (const accuracy of [0.05, 0.318, 0.4])
      expect(reading(accuracy)).not.toMatch(/prompt|zero-shot|without training/);
  });
});

describe('trainingReading', () => {
  it('says when a run is not tested with its last adapter', () => {
    const early = [run(0.5, 2000, 1), run(0.5, 2000, 2), run(0.6, 2000, 3)];
    const results = early.map((one, i) => (i < 2 ? { ...one, takenAt: 1240 + i } : one));
    const reading = takenReading([
      { id: 'early', name: 'Early', results },
      { id: 'last', name: 'Last', results: early },
      { id: 'same', name: 'Same', results: early.map((one) => ({ ...one, takenAt: 7 })) },
    ]);
    expect(reading).toBe(
      'Early is tested as it was after 1,240 to 1,241 steps, 1 seed after all of its steps; Same is tested as it was after 7 steps.',
    );
    expect(takenReading([{ id: 'last', name: 'Last', results: early }])).toBe('');
  });

  const arms = [
    { id: 'lora', name: 'LoRA', results: [run(0.562), run(0.568)] },
    { id: 'copra', name: 'CopRA', results: [run(0.532), run(0.544)] },
  ];

  it('says who is behind, as plainly as who is ahead', () => {
    expect(
      plain(
        trainingReading(
          arms,
          { chance: 0.1, frozen: { name: 'zero-shot' as const, accuracy: 0.312 } },
          independentImages(8000),
          always(-0.027, 0.038),
        ),
      ),
    ).toBe(
      'After 2,000 steps LoRA reaches 56.5 ± 0.4 % and CopRA 53.8 ± 0.8 % test accuracy (2 seeds each, 8,000 test images, ' +
        'sampling error 0.6 points); CopRA is 2.7 points behind LoRA, but the difference is not clear (95 % interval −1.1 to 6.5 points over seeds and images); ' +
        'without training it is 31.2 %.',
    );
    expect(
      plain(
        trainingReading(
          [...arms].reverse(),
          { chance: 0.1, frozen: null },
          independentImages(8000),
          always(0.027, 0.01),
        ),
      ),
    ).toContain('; LoRA is 2.7 points ahead of CopRA (95 % interval 1.7 to 3.7 points over seeds and images).');
  });

  it('asks for the difference of the arms it speaks of', () => {
    const asked: string[][] = [];
    trainingReading(arms, { chance: 0.1, frozen: null }, independentImages(8000), (...ids) => {
      asked.push(ids);
      return null;
    });
    expect(asked).toEqual([['lora', 'copra']]);
  });

  it('says what an interval allows for, and where there are too few seeds to say', () => {
    const reading = (scope: IntervalScope | null) =>
      plain(trainingReading(arms, { chance: 0.1, frozen: null }, independentImages(8000), always(-0.027, 0.01, scope)));
    expect(reading('seeds')).toContain(
      'behind LoRA (95 % interval 1.7 to 3.7 points over seeds, on these images alone).',
    );
    expect(reading('images')).toContain(
      'behind LoRA, but the seeds are too few to tell (95 % interval 1.7 to 3.7 points over images, for these seeds alone).',
    );
    expect(reading(null)).toContain('behind LoRA, but the seeds are too few to tell.');
  });

  it('states the difference of the seeds that both arms have, as its interval does', () => {
    // Seed 3 of CopRA diverged: it is behind at every seed that both have, and ahead of the mean of all.
    const lost = [
      { id: 'lora', name: 'LoRA', results: [run(0.6), run(0.604), run(0.602), run(0.4)] },
      { id: 'copra', name: 'CopRA', results: [run(0.56), run(0.565), run(0.561)] },
    ];
    const reading = trainingReading(
      lost,
      { chance: 0.1, frozen: null },
      independentImages(8000),
      always(-0.04, 0.004, 'seeds'),
    );
    expect(plain(reading)).toContain(
      'CopRA is 4.0 points behind LoRA, over the 2 seeds that both have (95 % interval 3.6 to 4.4 points over seeds, on these images alone)',
    );
  });

  it('does not take equal figures for proof that nothing differs', () => {
    const same = [arms[0], { ...arms[0], id: 'copra', name: 'CopRA' }];
    expect(
      plain(trainingReading(same, { chance: 0.1, frozen: null }, independentImages(90), always(0, 0.031))),
    ).toContain('CopRA and LoRA do not differ here (95 % interval −3.1 to 3.1 points over seeds and images).');
  });

  it('waits for results', () => {
    const some = [
      { id: 'lora', name: 'LoRA', results: [run(0.5), run(null)] },
      { id: 'copra', name: 'CopRA', results: [run(0.51)] },
      { id: 'drop', name: 'Layer drop', results: [] },
    ];
    const text = plain(trainingReading(some, { chance: 0.1, frozen: null }, independentImages(100), unknown));
    expect(text).toContain('CopRA is 1.0 points ahead of LoRA, but the seeds are too few to tell');
    expect(text).toContain('(1 seed each, 100 test images');
    expect(text).not.toContain('Layer drop');
    expect(
      trainingReading(
        [{ id: 'lora', name: 'LoRA', results: [run(null)] }],
        { chance: 0.1, frozen: { name: 'zero-shot' as const, accuracy: 0.3 } },
        independentImages(10),
        unknown,
      ),
    ).toBe('Nothing measured yet.');
  });
});
