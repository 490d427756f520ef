/**
 * A measurement of a device in the fragment of an address: `m1.<base64url>`, in the container of result links. Section 1 says where and who, section 2
 * what was found. Both are lists by position, which grow only at their ends; readers ignore items they do not know. docs/links.md specifies them.
 */
import { oneLine } from '../../core/one-line.ts';
import type { ContenderId } from '../../engine/measure/contenders.ts';
import type { GpuAdapterFacts, Cell, Measurement } from '../../engine/measure/measurement.ts';
import { TASK_IDS } from '../../engine/measure/tasks.ts';
import { base64UrlLength, fromBase64Url, toBase64Url } from '../link/base64url.ts';
import { BinaryError } from '../link/binary.ts';
import { CodedReader, CodedWriter } from '../link/coded-io.ts';
import { readOutline, writeContainer } from '../link/container.ts';
import { FINE } from '../link/fidelity.ts';
import { normaliseFragment } from '../link/normalise-fragment.ts';
import { readValue, writeValue } from '../link/value-codec.ts';
import { isArray, isObject, type Value } from '../link/value.ts';
import { MeasurementError, parseMeasurement, rounded } from './schema.ts';
import { SHARE_CHECKS } from '../words.ts';

const FORMAT = 1;
const [PLACE, FOUND] = [1, 2];
/** Longer ones are none of ours. */
const MAX_LENGTH = 20_000;
const MAX_TEXT = 120;

/** In this order, which is part of the format: append only. */
const CONTENDERS = [
  'wasm',
  'tfjs-wasm',
  'webgpu',
  'tfjs-webgpu',
  'tfjs-wasm-passes',
  'tfjs-webgpu-passes',
] as const satisfies readonly ContenderId[];
const CELL_STATES = ['measured', 'wrong', 'skipped', 'failed'] as const;
const WHYS = ['time', 'memory', 'absent'] as const;
const CONTENDER_STATES = ['present', 'absent', 'failed'] as const;

const clean = (text: string): string => oneLine(text).slice(0, MAX_TEXT);

const adapterValue = ({ vendor, architecture, device, description, ...rest }: GpuAdapterFacts): Value => [
  clean(vendor),
  clean(architecture),
  clean(device),
  clean(description),
  rest.isFallbackAdapter,
  rest.features.map(clean),
  rest.limits,
];

function placeValue({ protocol, release, date, budget, took, place, contenders }: Measurement): Value {
  return [
    protocol,
    clean(release),
    Date.parse(date),
    budget,
    took,
    [
      clean(place.browser),
      clean(place.system),
      clean(place.processor),
      place.cores,
      place.memory,
      place.isolated,
      place.adapter && adapterValue(place.adapter),
    ],
    contenders.map(({ id, state, text, threads, software }): Value => [
      CONTENDERS.indexOf(id),
      CONTENDER_STATES.indexOf(state),
      clean(text),
      threads,
      software,
    ]),
  ];
}

function cellValue(cell: Cell): Value {
  const head = [CONTENDERS.indexOf(cell.contender), CELL_STATES.indexOf(cell.state)];
  switch (cell.state) {
    case 'measured':
    case 'wrong': {
      const { median, low, high, repetitions, part, warm } = cell.timing;
      return [...head, median, low, high, repetitions, part, warm, cell.deviation];
    }
    case 'skipped':
      return [...head, WHYS.indexOf(cell.why), cell.needs, cell.has];
    case 'failed':
      return [...head, clean(cell.reason)];
  }
}

function section(tag: number, value: Value): { tag: number; content: Uint8Array } {
  const writer = new CodedWriter(FINE);
  writeValue(writer, value);
  return { tag, content: writer.finish() };
}

/** @returns without the leading "#" */
export function encodeMeasurement(measurement: Measurement): string {
  const kept = rounded(measurement);
  const found = kept.tasks.map(({ task, cells }): Value => [TASK_IDS.indexOf(task), cells.map(cellValue)]);
  return `m${FORMAT}.${toBase64Url(writeContainer([section(PLACE, placeValue(kept)), section(FOUND, found)]))}`;
}

const listOf = (value: Value | undefined): readonly Value[] => {
  if (value === undefined || !isArray(value)) throw new MeasurementError(SHARE_CHECKS.linkAltered);
  return value;
};

/** The name at a stored position; the schema refuses what is none. */
const named = (names: readonly string[], at: Value | undefined): string | null =>
  typeof at === 'number' ? (names[at] ?? null) : null;

function adapterOf(value: Value | undefined): object | null {
  if (value === null || value === undefined) return null;
  const [vendor, architecture, device, description, isFallbackAdapter, features, limits] = listOf(value);
  if (limits === undefined || !isObject(limits)) throw new MeasurementError(SHARE_CHECKS.linkAltered);
  return { vendor, architecture, device, description, isFallbackAdapter, features, limits };
}

function placeOf(value: Value): object {
  const [protocol, release, time, budget, took, place, contenders] = listOf(value);
  const [browser, system, processor, cores, memory, isolated, adapter] = listOf(place);
  if (typeof time !== 'number' || Math.abs(time) > 8.64e15) throw new MeasurementError(SHARE_CHECKS.linkAltered);
  return {
    kind: 'copra-measurement',
    version: 1,
    protocol,
    release,
    date: new Date(time).toISOString(),
    budget,
    took,
    place: { browser, system, processor, cores, memory, isolated, adapter: adapterOf(adapter) },
    contenders: listOf(contenders).map((contender) => {
      const [id, state, text, threads, software] = listOf(contender);
      return { id: named(CONTENDERS, id), state: named(CONTENDER_STATES, state), text, threads, software };
    }),
  };
}

function cellOf(value: Value): object {
  const [contender, state, ...rest] = listOf(value);
  const head = { contender: named(CONTENDERS, contender), state: named(CELL_STATES, state) };
  if (head.state === 'skipped') {
    const [why, needs, has] = rest;
    return { ...head, why: named(WHYS, why), needs, has };
  }
  if (head.state === 'failed') return { ...head, reason: rest[0] };
  const [median, low, high, repetitions, part, warm, deviation] = rest;
  return { ...head, timing: { median, low, high, repetitions, part, warm }, deviation };
}

/** @throws MeasurementError saying what is wrong with the link */
export function decodeMeasurement(fragment: string): Measurement {
  const text = normaliseFragment(fragment);
  const match = /^m(\d{1,6})\.(.*)$/s.exec(text);
  if (!match) throw new MeasurementError(SHARE_CHECKS.noMeasurementLink);
  const [, format, payload] = match;
  if (Number(format) !== FORMAT) throw new MeasurementError(SHARE_CHECKS.otherFormat(format, FORMAT));
  if (text.length > MAX_LENGTH) throw new MeasurementError(SHARE_CHECKS.linkTooLong);
  const altered = SHARE_CHECKS.linkAltered;
  try {
    const bytes = fromBase64Url(payload);
    const outline = readOutline(bytes);
    const sections = outline && base64UrlLength(outline.length) === payload.length ? outline.sections(bytes) : null;
    const [place, found] = [sections?.get(PLACE), sections?.get(FOUND)];
    if (!place || !found) throw new MeasurementError(altered);
    return parseMeasurement({
      ...placeOf(readValue(new CodedReader(place))),
      tasks: listOf(readValue(new CodedReader(found))).map((task) => {
        const [id, cells] = listOf(task);
        return { task: named(TASK_IDS, id), cells: listOf(cells).map(cellOf) };
      }),
    });
  } catch (error) {
    if (error instanceof BinaryError || error instanceof RangeError) throw new MeasurementError(altered);
    throw error;
  }
}
