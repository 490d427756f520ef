import { expect, it } from 'vitest';
import { nextPlace, ownStore } from './own-store.ts';

it('test pictures come one after the other and begin again, whoever asks', () => {
  ownStore.setState({ turn: 0 });
  expect([4, 7, 9, 4].map(() => nextPlace([4, 7, 9]))).toEqual([4, 7, 9, 4]);
});
