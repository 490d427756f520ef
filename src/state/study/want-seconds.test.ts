import { expect, it } from 'vitest';
import { quick } from '../../study/presets/quick.ts';
import { secondsBeyond } from './want-seconds.ts';

it('what is added to a study takes the seconds that it does not have yet', () => {
  const { config } = quick;
  const more = { ...config, seeds: [...config.seeds, 8, 9] };
  const wanted = new Map([
    [config, 40],
    [more, 100],
  ]);
  expect(secondsBeyond({ wanted }, more, null)).toBe(100);
  expect(secondsBeyond({ wanted }, more, config)).toBe(60);
  expect(secondsBeyond({ wanted: new Map([[more, 100]]) }, more, config)).toBeNull();
  expect(secondsBeyond({ wanted: new Map([[config, null]]) }, config, null)).toBeNull();
});
