import { independentImages } from '../../../core/clusters.ts';
import { expect, it } from 'vitest';
import { aggregationErrorReading, federatedReading, type ErrorsCompared } from './federated-caption.ts';

const study = {
  arms: ['LoRA', 'CopRA'],
  rules: [
    { name: 'FedIT', accuracy: [0.52, 0.5] },
    { name: 'FedEx-LoRA', accuracy: [0.53, null] },
  ],
  rounds: 15,
  ofRounds: 15,
  central: [0.55, 0.54],
  diverged: [],
  seeds: [1],
  images: independentImages(400),
};

it('says where every rule ends, and on how much that rests', () => {
  expect(federatedReading(study).replaceAll('\u00a0', ' ')).toBe(
    'LoRA / CopRA after 15 rounds: FedIT 52.0 / 50.0 %, FedEx-LoRA 53.0 / – %; ordinary runs of as many steps on all images 55.0 / 54.0 %; 1 seed, 400 test images, sampling error 2.5 points; with one seed, no ranking of rules.',
  );
});

it('says when it is not over, and nothing before the first round', () => {
  expect(federatedReading({ ...study, rounds: 3, central: null })).toContain('after 3 of 15 rounds');
  expect(federatedReading({ ...study, rounds: 0 })).toBe('Nothing measured yet.');
  const unknown = study.rules.map((rule) => ({ ...rule, accuracy: [null, null] }));
  expect(federatedReading({ ...study, rules: unknown })).toContain('1 seed, 400 test images;');
  expect(federatedReading({ ...study, seeds: [1, 3] })).toContain('1 to 3 seeds, 400 test images');
  expect(federatedReading({ ...study, seeds: [1, 3] })).not.toContain('no ranking');
});

it('names what diverged, even where nothing else is left', () => {
  const ended = [{ rule: 'FedIT', seed: 4, round: 3 }];
  const one = { ...study, diverged: [{ name: 'LoRA', ended, of: 2 }] };
  const [who, advice] = [
    '1 of 2 federated trainings of LoRA diverged (FedIT in round 3 of seed 4)',
    'lower the learning rate of LoRA',
  ];
  expect(federatedReading(one)).toContain(`; ${who} and is left out of these numbers: ${advice}; 1 seed`);
  expect(federatedReading({ ...one, rounds: 0 })).toBe(`${who}: ${advice}.`);
  const both = ['LoRA', 'CopRA'].map((name) => ({ name, ended: [...ended, ...ended], of: 2 }));
  expect(federatedReading({ ...study, rounds: 0, diverged: both })).toMatch(
    /^All of 2 federated trainings of LoRA diverged .*; all of 2 federated trainings of CopRA diverged [^:]*: lower/,
  );
});

it('says how errors run over the rounds, where arms change places, and over which rounds they are compared', () => {
  const errors = [
    [0.242, 0.046],
    [0.05, 0.057],
    [0.02, 0.035],
    [0.001, 0.002],
  ];
  const lengths = [
    { error: 0.021, update: 1.24 },
    { error: 0.02, update: 0.7 },
  ];
  const read = (compared: ErrorsCompared | null, more: readonly (readonly number[])[] = errors) =>
    aggregationErrorReading(['LoRA', 'CopRA'], [{ name: 'FedIT', errors: more }], compared).replaceAll('\u00a0', ' ');
  const told =
    'Mean over layers, LoRA / CopRA: FedIT 24.2 / 4.6 % in round 1, 5.0 / 5.7 % in round 2, 0.1 / 0.2 % in round 4, 7.8 / 3.5 % over all rounds, they cross in round 2. Exact rules have no error. These are shares of the average update of all rounds so far: beside a longer update the same error is a smaller share, and clients that move little err little.';
  expect(read({ alike: 2, lengths })).toBe(
    `${told} So arms are compared in the error itself, over the 2 of 4 rounds in which clients of all arms move about equally far: as a share of the largest error that this movement allows, LoRA / CopRA 2.1 / 2.0 %, with average updates 1.24 / 0.70 long.`,
  );
  // Of a result that keeps shares alone, nobody is said to err more.
  expect(read({ alike: 2, lengths: null })).toBe(
    `${told} So arms are not compared in them, and this result does not keep how long errors and updates are.`,
  );
  const alike = [
    [0.2, 0.1],
    [0.1, 0.1],
    [0.1, 0.05],
  ];
  expect(read(null, alike)).not.toContain('cross');
  expect(read({ alike: 0, lengths: null })).toContain('In no round do clients of all arms move about equally far');
  expect(read(null, errors.slice(0, 1))).toBe(
    'Mean over layers, LoRA / CopRA: FedIT 24.2 / 4.6 % in round 1. Exact rules have no error.',
  );
});
