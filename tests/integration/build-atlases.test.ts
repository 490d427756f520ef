import { expect, it } from 'vitest';
import { buildAtlases } from '../../scripts/build-atlases.mjs';

it('the artwork is not drawn twice', { timeout: 120_000 }, async () => {
  await buildAtlases();
  expect((await buildAtlases()).drawn).toBe(false);
});
