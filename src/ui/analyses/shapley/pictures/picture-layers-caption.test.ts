import { expect, it } from 'vitest';
import { pictureLayersReading } from './picture-layers-caption.ts';

const layers = ['V1', 'V2', 'T1'];

it('names the layers that add most, and arms in which none helps', () => {
  const arms = [
    { name: 'LoRA', layers, values: [0.1, 0.4, -0.2], seeds: 3 },
    { name: 'CopRA', layers, values: [0, 0, -0.1], seeds: 3 },
    { name: 'None', layers: [], values: [], seeds: 0 },
  ];
  const text = pictureLayersReading(arms, 'accuracy');
  expect(text).toContain('LoRA: the layers that add most to this picture are V2 (40.0) and V1 (10.0)');
  expect(text).toContain('CopRA: no layer helps');
  expect(text).toContain('; 3 seeds each.');
  expect(text).not.toContain('None');
  expect(pictureLayersReading(arms, 'loss', '“food”')).toContain('add most to “food” are V2 (0.400) and V1 (0.100)');
});

it('says that a selection of pictures says nothing of all', () => {
  const arms = [{ name: 'LoRA', layers, values: [0.1, 0.4, -0.2], seeds: 3 }];
  const of = (pictures: number | null, what = 'the pictures', areOfClass = false) =>
    pictureLayersReading(arms, 'accuracy', what, pictures === null ? null : { pictures, areOfClass });
  expect(of(48)).toMatch(/^48 pictures are kept, some of every kind, so their means are not those of all; LoRA: /);
  expect(of(1)).toMatch(/^1 picture is kept, /);
  expect(of(5, '“food”', true)).toMatch(/^5 pictures of “food” are kept, so their means are not those of all; LoRA: /);
  expect(of(null)).toMatch(/^LoRA: /);
});

it('is empty without any values', () => {
  expect(pictureLayersReading([{ name: 'LoRA', layers: [], values: [], seeds: 0 }], 'accuracy')).toBe('');
});
