import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measurementFixture, withoutCard } from '../../../tests/fixtures/measurement.ts';
import { filesIn, readJsonFile, readText } from '../../../tests/support/files.ts';
import { CONTENDER_IDS } from '../../engine/measure/contenders.ts';
import type { Cell, Measurement } from '../../engine/measure/measurement.ts';
import { runProtocol } from '../../engine/measure/run-protocol.ts';
import { TASK_IDS, TASKS } from '../../engine/measure/tasks.ts';
import { measurementCsv } from './csv.ts';
import { decodeMeasurement, encodeMeasurement } from './link.ts';
import { MeasurementError, parseMeasurement, readMeasurement, rounded, writeMeasurement } from './schema.ts';

const positive = fc.double({ min: 1e-7, max: 1e5, noNaN: true });
const amount = fc.double({ min: 0, max: 1e5, noNaN: true });
const text = fc.stringMatching(/^[\w .,()-]{0,40}$/);
const timing = fc
  .record({
    ends: fc.tuple(positive, positive, positive),
    repetitions: fc.integer({ min: 1, max: 9 }),
    part: positive,
    warm: fc.boolean(),
  })
  .map(({ ends, ...rest }) => {
    const [low, median, high] = ends.sort((a, b) => a - b);
    return { low, median, high, ...rest };
  });

const cellOf = (contender: Cell['contender']): fc.Arbitrary<Cell> =>
  fc.oneof(
    fc.record({
      state: fc.constantFrom('measured' as const, 'wrong' as const),
      contender: fc.constant(contender),
      timing,
      deviation: fc.option(amount),
    }),
    fc.record({
      state: fc.constant('skipped' as const),
      contender: fc.constant(contender),
      why: fc.constantFrom('time' as const, 'memory' as const, 'absent' as const),
      needs: fc.option(amount),
      has: fc.option(amount),
    }),
    fc.record({ state: fc.constant('failed' as const), contender: fc.constant(contender), reason: text }),
  );

const anyMeasurement: fc.Arbitrary<Measurement> = fc.record({
  kind: fc.constant('copra-measurement' as const),
  version: fc.constant(1 as const),
  protocol: fc.constantFrom(0, 1, 2, 3, 4),
  release: text,
  date: fc
    .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  budget: amount,
  took: amount,
  place: fc.record({
    browser: text,
    system: text,
    processor: text,
    cores: fc.nat(512),
    memory: fc.option(amount),
    isolated: fc.boolean(),
    adapter: fc.option(
      fc.record({
        vendor: text,
        architecture: text,
        device: text,
        description: text,
        isFallbackAdapter: fc.boolean(),
        features: fc.array(text, { maxLength: 8 }),
        limits: fc.dictionary(fc.stringMatching(/^max\w{1,20}$/), fc.nat()),
      }),
    ),
  }),
  contenders: fc.tuple(
    ...CONTENDER_IDS.map((id) =>
      fc.record({
        id: fc.constant(id),
        state: fc.constantFrom('present' as const, 'absent' as const, 'failed' as const),
        text,
        threads: fc.nat(64),
        software: fc.boolean(),
      }),
    ),
  ),
  tasks: fc
    .subarray([...TASK_IDS])
    .chain((ids) =>
      fc.tuple(
        ...ids.map((task) =>
          fc.record({ task: fc.constant(task), cells: fc.tuple(...CONTENDER_IDS.map((id) => cellOf(id))) }),
        ),
      ),
    ),
});

describe('a measurement', () => {
  it('is the same after a file and after a link', () => {
    fc.assert(
      fc.property(anyMeasurement, (measurement) => {
        const kept = rounded(measurement);
        expect(readMeasurement(writeMeasurement(measurement))).toEqual(kept);
        expect(decodeMeasurement(encodeMeasurement(measurement))).toEqual(kept);
      }),
      { numRuns: 60 },
    );
  });

  it('fits into a message', () => {
    expect(encodeMeasurement(measurementFixture()).length).toBeLessThan(2000);
    expect(encodeMeasurement(withoutCard(measurementFixture())).length).toBeLessThan(1500);
  });

  it('says nothing that hides or turns text', () => {
    const named = measurementFixture();
    const link = encodeMeasurement({ ...named, place: { ...named.place, browser: 'a\u202eb\u0000c' } });
    expect(decodeMeasurement(link).place.browser).toBe('abc');
  });

  it('opens again where the compiler of a card wrote a page about its failure', async () => {
    const measured = measurementFixture();
    const [facts] = measured.contenders;
    const fails = {
      facts,
      memoryOf: () => 0,
      perTask: () => 1,
      select: () => Promise.resolve(),
      roundTrip: () => Promise.resolve(),
      prepare: () => Promise.reject(new Error('error: unresolved value\n - While validating\n'.repeat(40))),
      dispose: () => {},
    };
    const tasks = await runProtocol([fails], TASKS.slice(0, 1), {
      budget: 10,
      memory: null,
      now: () => 0,
      signal: new AbortController().signal,
      between: () => Promise.resolve(),
      onProgress: () => {},
    });
    const [cell] = readMeasurement(writeMeasurement({ ...measured, tasks })).tasks[0].cells;
    expect(cell).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/^error: unresolved value {2}- While/) as string,
    });
  });

  it('is a table with one row per contender and task', () => {
    const rows = measurementCsv(measurementFixture()).trim().split('\r\n');
    expect(rows).toHaveLength(1 + TASK_IDS.length * CONTENDER_IDS.length);
    expect(rows.filter((row) => row.includes('The device was lost.'))).toHaveLength(1);
  });
});

describe('what is no measurement', () => {
  const refusal = (value: unknown): string => {
    try {
      parseMeasurement(value);
    } catch (error) {
      if (error instanceof MeasurementError) return error.message;
      throw error;
    }
    return '';
  };

  it.each([null, 3, 'text', [], {}, { kind: 'other' }])('%j is refused', (value) =>
    expect(refusal(value)).toBe('This is no measurement of a device.'),
  );

  it('of a newer version or protocol asks for a newer page', () => {
    expect(refusal({ ...measurementFixture(), version: 2 })).toContain('newer version');
    expect(refusal({ ...measurementFixture(), protocol: 99 })).toContain('newer version');
  });

  it('of odd numbers is damaged', () => {
    const [first, ...rest] = measurementFixture().tasks;
    const [cell, ...cells] = first.cells;
    if (cell.state !== 'measured') throw new Error('The first cell is a measured one.');
    const withTiming = (over: object): unknown => ({
      ...measurementFixture(),
      tasks: [{ ...first, cells: [{ ...cell, timing: { ...cell.timing, ...over } }, ...cells] }, ...rest],
    });
    for (const over of [{ median: -1 }, { median: NaN }, { low: 9, high: 1 }, { repetitions: 0 }, { warm: 'yes' }])
      expect(refusal(withTiming(over))).toContain('damaged');
    expect(refusal({ ...measurementFixture(), tasks: [first, first] })).toContain('occurs twice');
    expect(refusal(withTiming({}))).toBe('');
  });

  it('is a file of something else', () => {
    expect(() => readMeasurement('not JSON')).toThrow('it is not JSON');
    expect(() => readMeasurement('{"config": {}, "runs": []}')).toThrow('no measurement');
  });
});

describe('a link', () => {
  const link = encodeMeasurement(measurementFixture());

  it('opens as chat programs hand it on', () => {
    const expected = decodeMeasurement(link);
    for (const arrived of [`#${link}`, `%23${link}`, ` ${link}. `, `#${link})`])
      expect(decodeMeasurement(arrived)).toEqual(expected);
  });

  it('that was cut or altered anywhere is refused, never shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: link.length - 1 }), fc.constantFrom('A', 'z', '_'), (at, letter) => {
        expect(() => decodeMeasurement(link.slice(0, at))).toThrow(MeasurementError);
        if (link[at] !== letter)
          expect(() => decodeMeasurement(link.slice(0, at) + letter + link.slice(at + 1))).toThrow(MeasurementError);
      }),
    );
  });

  it('of a newer format, or with another content, says so', () => {
    expect(() => decodeMeasurement('#m7.AAAA')).toThrow('format 7');
    expect(() => decodeMeasurement('#r2.AAAA')).toThrow('no measurement');
    expect(() => decodeMeasurement(`#m1.${'A'.repeat(30_000)}`)).toThrow('too long');
  });
});

/** Links that were handed out once open for ever: never regenerate these files. */
describe('golden links', () => {
  const folder = 'tests/golden/measurements';
  const links = filesIn(folder).filter((name) => name.endsWith('.txt'));

  it('are there', () => expect(links.length).toBeGreaterThanOrEqual(2));

  it.each(links)('%s says what it always said', (name) => {
    expect(decodeMeasurement(readText(`${folder}/${name}`))).toEqual(
      readJsonFile(`${folder}/${name.replace(/txt$/, 'json')}`),
    );
  });

  it('say every name that is stored as a number', () => {
    const said = links.map((name) => decodeMeasurement(readText(`${folder}/${name}`)));
    const cells = said.flatMap(({ tasks }) => tasks.flatMap((task) => task.cells));
    expect(new Set(said.flatMap(({ tasks }) => tasks.map(({ task }) => task)))).toEqual(new Set(TASK_IDS));
    expect(new Set(cells.map(({ contender }) => contender))).toEqual(new Set(CONTENDER_IDS));
    expect(new Set(cells.map(({ state }) => state))).toEqual(new Set(['measured', 'wrong', 'skipped', 'failed']));
    expect(new Set(cells.flatMap((cell) => (cell.state === 'skipped' ? [cell.why] : [])))).toEqual(
      new Set(['time', 'memory', 'absent']),
    );
  });
});
