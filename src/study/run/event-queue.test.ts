import { describe, expect, it } from 'vitest';
import { generate } from './event-queue.ts';

const never = () => {
  throw new Error('nobody left');
};

async function collect<E>(events: AsyncIterable<E>): Promise<E[]> {
  const list: E[] = [];
  for await (const event of events) list.push(event);
  return list;
}

describe('generate', () => {
  it('keeps the order of events, emitted at once or over time', async () => {
    const events = generate<number>(async (emit) => {
      emit(1);
      emit(2);
      await new Promise((resolve) => setTimeout(resolve, 5));
      emit(3);
      await Promise.resolve();
      emit(4);
    }, never);
    expect(await collect(events)).toEqual([1, 2, 3, 4]);
  });

  it('passes on the error of the producer after its last event', async () => {
    const seen: number[] = [];
    const run = async () => {
      const failing = generate<number>(async (emit) => {
        emit(1);
        await Promise.resolve();
        throw new Error('lost device');
      }, never);
      for await (const event of failing) seen.push(event);
    };
    await expect(run()).rejects.toThrow('lost device');
    expect(seen).toEqual([1]);
  });

  it('tells a producer whose consumer leaves, and waits for it', async () => {
    let stop = () => {};
    let ended = false;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const events = generate<number>(async (emit) => {
      emit(1);
      await stopped;
      ended = true;
    }, stop);
    for await (const event of events) if (event === 1) break;
    expect(ended).toBe(true);
  });
});
