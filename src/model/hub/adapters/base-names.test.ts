import { expect, it } from 'vitest';
import { canBeOnHub } from './base-names.ts';

it('tells owner/name of a hub from folders', () => {
  expect(['openai/clip', 'timm/vit.augreg', 'models/clip'].filter(canBeOnHub)).toHaveLength(3);
  for (const name of [
    './clip',
    '../clip',
    'example.org/clip',
    'localhost:8080/clip',
    'local/clip',
    '/clip',
    'emoji-clip',
  ])
    expect([name, canBeOnHub(name)]).toEqual([name, false]);
});
