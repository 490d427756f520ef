/** Event files of TensorBoard, read back by a reader that shares nothing with the writer: another language, any message, checksums bit by bit. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventFile, type Scalar } from '../../scripts/curves/event-file.ts';
import { runScalars } from '../../scripts/curves/run-scalars.ts';
import { writeCurves } from '../../scripts/curves/write-curves.ts';
import { packBits } from '../../src/platform/bits.ts';
import { studyResultFixture } from '../fixtures/study-result.ts';
import { hasPython, python, sayUnchecked } from '../support/python.ts';

/** Prints every event of a file as JSON. */
const READER = `
import json, struct, sys

def crc(data):
    value = 0xffffffff
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ (0x82f63b78 if value & 1 else 0)
    value ^= 0xffffffff
    return ((value >> 15 | value << 17) + 0xa282ead8) & 0xffffffff

def fields(data):
    at = 0
    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
    found = {}
    while at < len(data):
        key = varint()
        kind = key & 7
        if kind == 0:
            value = varint()
        else:
            size = {1: 8, 5: 4}.get(kind) or varint()
            value, at = data[at:at + size], at + size
            assert len(value) == size
        found.setdefault(key >> 3, []).append(value)
    return found

def event(data):
    top = fields(data)
    read = {'time': struct.unpack('<d', top.pop(1)[0])[0], 'step': top.pop(2, [0])[0]}
    if 3 in top:
        read['version'] = top.pop(3)[0].decode()
    for summary in top.pop(5, []):
        (value,) = fields(summary)[1]
        entry = fields(value)
        read['tag'], read['value'] = entry[1][0].decode(), struct.unpack('<f', entry[2][0])[0]
    assert not top
    return read

data = open(sys.argv[1], 'rb').read()
events, at = [], 0
while at < len(data):
    (length, check) = struct.unpack('<QI', data[at:at + 12])
    assert check == crc(data[at:at + 8])
    message = data[at + 12:at + 12 + length]
    (check,) = struct.unpack('<I', data[at + 12 + length:at + 16 + length])
    assert check == crc(message)
    events.append(event(message))
    at += 16 + length
print(json.dumps(events))
`;

interface ReadEvent {
  readonly time: number;
  readonly step: number;
  readonly version?: string;
  readonly tag?: string;
  readonly value?: number;
}

let folder = '';
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'copra-events-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const readBack = (file: string): ReadEvent[] => JSON.parse(python(READER, file)) as ReadEvent[];

if (!hasPython) sayUnchecked('event files of TensorBoard are read back by Python');

describe.runIf(hasPython)('an event file', () => {
  it('holds what was written', () => {
    const file = path.join(folder, 'any');
    const scalar = fc.record({
      tag: fc.string({ unit: 'grapheme', maxLength: 200 }),
      step: fc.nat(2 ** 31 - 1).map((step) => step * 1000),
      value: fc.float({ noNaN: true, noDefaultInfinity: true }),
    });
    fc.assert(
      fc.property(fc.array(scalar, { maxLength: 20 }), (scalars: readonly Scalar[]) => {
        writeFileSync(file, eventFile(scalars, 1_764_000_000.25));
        const [first, ...events] = readBack(file);
        expect(first).toEqual({ time: 1_764_000_000.25, step: 0, version: 'brain.Event:2' });
        expect(events).toEqual(scalars.map((each) => ({ time: 1_764_000_000.25, ...each })));
      }),
      { numRuns: 10 },
    );
  });

  it('is written for every run of a study, beside a table', async () => {
    const result = studyResultFixture();
    await writeCurves(path.join(folder, 'study'), result);
    expect(readdirSync(path.join(folder, 'study')).sort()).toEqual(
      [...result.runs.map(({ arm, seed }) => `${arm}-seed-${seed}`), 'curves.csv'].sort(),
    );
    const [run] = result.runs;
    const ofRun = path.join(folder, 'study', `${run.arm}-seed-${run.seed}`);
    const [name] = readdirSync(ofRun);
    expect(name).toMatch(/^events\.out\.tfevents\.\d+\.copra$/);
    const events = readBack(path.join(ofRun, name));
    const losses = events.filter(({ tag }) => tag === 'loss/train');
    expect(losses.map(({ step }) => step)).toEqual(run.lossSteps);
    expect(losses.map(({ value }) => value)).toEqual(run.losses.map(Math.fround));
    expect(events.find(({ tag }) => tag === 'accuracy/test')?.value).toBe(Math.fround(run.test?.accuracy ?? -1));
    expect(readFileSync(path.join(folder, 'study/curves.csv'), 'utf8')).toMatch(
      /^arm,seed,split,step,loss,accuracy\r\n/,
    );
  });
});

it('an event file takes the place of that of an earlier study of the same run, and of nothing else', async () => {
  const result = studyResultFixture();
  const curves = path.join(folder, 'again');
  const [{ arm, seed }] = result.runs;
  const ofRun = path.join(curves, `${arm}-seed-${seed}`);
  const later = { ...result, provenance: { ...result.provenance, date: '2026-02-03T04:05:06Z' } };
  await writeCurves(curves, result);
  const [before] = readdirSync(ofRun);
  writeFileSync(path.join(ofRun, 'events.out.tfevents.1.elsewhere'), '');
  await writeCurves(curves, later);
  const now = `events.out.tfevents.${Date.parse(later.provenance.date) / 1000}.copra`;
  expect(now).not.toBe(before);
  expect(readdirSync(ofRun).sort()).toEqual(['events.out.tfevents.1.elsewhere', now].sort());
});

it('the share of layers that were on is that of the steps since the point before', () => {
  const [run] = studyResultFixture().runs;
  // [steps, players] = [12, 3]: one layer at first, then two, then all
  const cells = Array.from({ length: 12 }, (_, step) => [1, Number(step >= 4), Number(step >= 10)]).flat();
  const scalars = runScalars({ ...run, steps: 12, gates: packBits(cells), lossSteps: [4, 10, 12], losses: [3, 2, 1] });
  const on = scalars.filter(({ tag }) => tag === 'layers/on');
  expect(on.map(({ step, value }) => [step, value])).toEqual([
    [4, 1 / 3],
    [10, 2 / 3],
    [12, 1],
  ]);
});
