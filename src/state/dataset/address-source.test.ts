import { describe, expect, it } from 'vitest';
import { sourceOf } from './address-source.ts';

describe('sourceOf', () => {
  const hub = 'https://hub.example';
  it.each([
    ['https://a.example/x/pets.zip', { kind: 'address', url: 'https://a.example/x/pets.zip' }],
    ['https://a.example/datasets/x/pets.zip', { kind: 'address', url: 'https://a.example/datasets/x/pets.zip' }],
    [
      'https://a.example/datasets/mnist/t10k.idx3-ubyte',
      { kind: 'address', url: 'https://a.example/datasets/mnist/t10k.idx3-ubyte' },
    ],
    ['https://a.example/datasets/x/train.json', { kind: 'address', url: 'https://a.example/datasets/x/train.json' }],
    ['https://a.example/datasets/x/pets', { kind: 'hub', id: 'x/pets', base: 'https://a.example' }],
    ['https://a.example/datasets/x/pets/viewer/a/b', { kind: 'hub', id: 'x/pets', base: 'https://a.example' }],
    [' x/pets ', { kind: 'hub', id: 'x/pets', base: hub }],
    ['x/pets@small', { kind: 'hub', id: 'x/pets', base: hub, config: 'small' }],
    ['two words', null],
  ])('%s', (text, expected) => {
    expect(sourceOf(text, hub)).toEqual(expected);
  });
});
