import { expect, it } from 'vitest';
import { renamedIn } from './names.ts';

it('tells the versions that fit all of several families', () => {
  expect(renamedIn(['vit', 'clip-vision', 'dinov2'])).toEqual({ all: '5.6', none: '5' });
  expect(renamedIn(['clip-vision'])).toEqual({ all: '5.6', none: '5.6' });
  expect(renamedIn(['timm'])).toBeNull();
});
