import { expect, it } from 'vitest';
import { aggregationErrorReading, federatedReading } from './federated.ts';

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
  images: 400,
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
  const read = (alike: number | null, more: readonly (readonly number[])[] = errors) =>
    aggregationErrorReading(['LoRA', 'CopRA'], [{ name: 'FedIT', errors: more }], alike).replaceAll('\u00a0', ' ');
  expect(read(2)).toBe(
    'Mean over layers, LoRA / CopRA: FedIT 24.2 / 4.6 % in round 1, 5.0 / 5.7 % in round 2, 0.1 / 0.2 % in round 4, they cross in round 2. Exact rules have no error. Clients that move little err little: arms are compared over 2 of 4 rounds, where those of all arms move about equally far.',
  );
  const alike = [
    [0.2, 0.1],
    [0.1, 0.1],
    [0.1, 0.05],
  ];
  expect(read(null, alike)).not.toContain('cross');
  expect(read(0)).toContain('in no round do those of all arms move about equally far');
  expect(read(null, errors.slice(0, 1))).toBe(
    'Mean over layers, LoRA / CopRA: FedIT 24.2 / 4.6 % in round 1. Exact rules have no error.',
  );
});
