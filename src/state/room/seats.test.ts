import { describe, expect, it } from 'vitest';
import { seatFor, seatsIn, withoutWays, withSeat, withWays, type Seat } from './seats.ts';

const seat = (client: number, token: string, name = token, isHere = true) => ({ client, token, name, isHere });

describe('the client of a device that enters', () => {
  it('is the first that nobody had', () => {
    expect(seatFor([], seat(0, 'a'), 2)).toBe(0);
    expect(seatFor([seat(0, 'a'), seat(2, 'c')], seat(0, 'b'), 4)).toBe(1);
  });
  it('is its own again, by token or by name, and one that is gone only when there is no other', () => {
    const gone = [seat(0, 'a', 'Ada', false), seat(1, 'b', 'Bob', false)];
    expect(seatFor(gone, { token: 'b', name: 'Bobby' }, 3)).toBe(1);
    expect(seatFor(gone, { token: 'x', name: 'Ada' }, 3)).toBe(0);
    expect(seatFor(gone, { token: 'x', name: 'Cyd' }, 3)).toBe(2);
    expect(seatFor(gone, { token: 'x', name: 'Cyd' }, 2)).toBe(0);
  });
  it('is none when all are connected, also for a copy of a tab', () => {
    const here = [seat(0, 'a'), seat(1, 'b')];
    expect(seatFor(here, { token: 'a', name: 'a' }, 2)).toBeNull();
    expect(seatFor([...here, seat(2, 'c', 'c', false)], { token: 'c', name: 'c' }, 2)).toBeNull();
  });
});

it('seats are kept as text, and anything else is none', () => {
  const seats = [{ token: 'token-of-ada', name: 'Ada', client: 3, own: true }];
  expect(seatsIn(JSON.stringify(seats))).toEqual(seats);
  for (const text of [
    '',
    '{',
    '{}',
    '[{"client":0}]',
    JSON.stringify([{ ...seats[0], client: -1 }]),
    JSON.stringify(Array(33).fill(seats[0])),
  ])
    expect(seatsIn(text)).toEqual([]);
});

describe('the ways to the device of a seat', () => {
  const way = (answer: string) => ({ invitation: `to ${answer}`, answer, servers: [] });
  const ada: Seat = { token: 'token-of-ada', name: 'Ada', client: 0, own: false, ways: [way('a')] };
  const bob: Seat = { token: 'token-of-bob', name: 'Bob', client: 1, own: true, ways: [way('b')] };

  it('stay where it comes again, under any name, and end where another takes its client', () => {
    const renamed = withSeat([ada, bob], { ...ada, name: 'Ada L.' });
    expect(renamed).toEqual([bob, { ...ada, name: 'Ada L.' }]);
    expect(withSeat([ada, bob], { token: 'token-of-cyd', name: 'Cyd', client: 0, own: true })).toEqual([
      bob,
      { token: 'token-of-cyd', name: 'Cyd', client: 0, own: true, ways: undefined },
    ]);
    expect(withSeat([ada], { ...ada, client: 1 })).toEqual([ada, { ...ada, client: 1, ways: undefined }]);
  });
  it('change for one client, also the first ones of a seat without any', () => {
    expect(withWays([ada, bob], 1, (ways) => [way('c'), ...ways])).toEqual([
      ada,
      { ...bob, ways: [way('c'), way('b')] },
    ]);
    expect(withWays([{ ...ada, ways: undefined }], 0, (ways) => [way('c'), ...ways])).toEqual([
      { ...ada, ways: [way('c')] },
    ]);
    expect(withWays([ada, bob], undefined, () => [])).toEqual([ada, bob]);
  });
  it('end for all when the class is closed', () => {
    expect(withoutWays([ada, bob]).flatMap(({ ways }) => ways ?? [])).toEqual([]);
  });
});
