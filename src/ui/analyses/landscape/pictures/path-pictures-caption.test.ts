import { expect, it } from 'vitest';
import { independentImages } from '../../../../core/clusters.ts';
import { pathPicturesReading } from './path-pictures-caption.ts';

const differ = () => ({
  mean: -0.1,
  low: -0.15,
  high: -0.05,
  seeds: 3,
  images: 796,
  scope: 'seeds and images' as const,
});
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

it('says what the midpoint loses and wins, with the interval of the difference', () => {
  const arms = [
    { id: 'lora', name: 'LoRA', results: [0.3, 0.3, 0.3].map((lost) => ({ lost, won: 0.1 })) },
    { id: 'copra', name: 'CopRA', results: [0.2, 0.2, 0.2].map((lost) => ({ lost, won: null })) },
  ];
  const text = plain(pathPicturesReading(arms, 'factor', independentImages(796), differ));
  expect(text).toContain('the midpoint of the factor path loses some: LoRA loses 30.0 % and CopRA 20.0 %');
  expect(text).toContain('3 seed pairs each, 796 test images');
  expect(text).toContain('CopRA is 10.0 points below LoRA');
  expect(text).toContain('95 % interval 5.0 to 15.0 points over seeds and images');
  expect(text).toContain('of those that both get wrong, LoRA wins 10.0 %');
});

it('has its verb at the first arm that has shares', () => {
  const arms = [
    { id: 'lora', name: 'LoRA', results: [{ lost: 0.1, won: null }] },
    { id: 'copra', name: 'CopRA', results: [{ lost: 0, won: 0.2 }] },
  ];
  const text = plain(pathPicturesReading(arms, 'factor', independentImages(40), () => null));
  expect(text).toContain('of those that both get wrong, CopRA wins 20.0 %');
});

it('says that nothing is lost or won where nothing is', () => {
  const arms = ['LoRA', 'CopRA'].map((name) => ({ id: name, name, results: [{ lost: 0, won: 0 }] }));
  const text = plain(pathPicturesReading(arms, 'factor', independentImages(40), () => null));
  expect(text).toContain('the midpoint of the factor path loses none (1 seed pair each, 40 test images)');
  expect(text).toContain('of those that both get wrong, none is right there');
});

it('says that there is nothing to lose where no picture is right with both seeds', () => {
  const arms = ['LoRA', 'CopRA'].map((name) => ({ id: name, name, results: [{ lost: null, won: 0.1 }] }));
  const text = plain(pathPicturesReading(arms, 'factor', independentImages(40), () => null));
  expect(text).toContain(
    'No picture is right with both seeds, so the midpoint of the factor path has none to lose (1 seed pair each',
  );
  expect(text).toContain('of those that both get wrong, LoRA wins 10.0 %');
});

it('is empty without results', () => {
  expect(
    pathPicturesReading([{ id: 'lora', name: 'LoRA', results: [] }], 'factor', independentImages(10), () => null),
  ).toBe('');
});
