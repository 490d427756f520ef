import * as v from 'valibot';
import { expect, it } from 'vitest';
import { withPredictions } from '../../../tests/fixtures/predictions.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { withoutPredictions } from '../../study/predictions/chosen-pictures.ts';
import { ForeignResultSchema } from '../../study/result/check-result.ts';
import { storedPictures } from './drawn-pictures.ts';
import type { TestPictures } from './request.ts';
import { imagesInFiles, withOwnPictures, withPictures } from './with-pictures.ts';

const result = withPredictions(studyResultFixture(), 100);

/** Every picture has the colour of its place; its left half is 10 brighter. */
const flat = (size: number): TestPictures => ({
  size,
  at: (place) =>
    Uint8Array.from({ length: size * size * 3 }, (_, i) => place + (Math.floor(i / 3) % size < size / 2 ? 10 : 0)),
});

it('a file brings 48 test pictures, made small', () => {
  const packed = withPictures(result, flat(70));
  expect(v.safeParse(ForeignResultSchema, packed).success).toBe(true);
  const { places } = packed.task.pictures!;
  expect(places).toHaveLength(48);
  const read = storedPictures(packed)!;
  expect(read.size).toBe(32);
  for (const place of places) {
    const pixels = read.at(place)!;
    expect([pixels.length, pixels[0], pixels.at(-1)]).toEqual([32 * 32 * 3, place + 10, place]);
  }
  const other = [...Array(100).keys()].find((place) => !places.includes(place))!;
  expect(read.at(other)).toBeNull();
  expect(JSON.stringify(packed).length - JSON.stringify(result).length).toBeLessThan(200_000);
  expect('pictures' in withoutPredictions(packed).task).toBe(false);
});

it('small pictures stay as they are, and there are none without images or predictions', () => {
  const read = storedPictures(withPictures(result, flat(8)))!;
  const [place] = withPictures(result, flat(8)).task.pictures!.places;
  expect(read.at(place)).toEqual(flat(8).at(place));
  expect(withPictures(result, null)).toBe(result);
  const bare = studyResultFixture();
  expect(withPictures(bare, flat(8))).toBe(bare);
  expect(storedPictures(bare)).toBeNull();
});

it('pictures from outside are as many as their list says', () => {
  const packed = withPictures(result, flat(8));
  const { pictures } = packed.task;
  const fewer = { ...pictures!, places: pictures!.places.slice(1) };
  const parsed = v.safeParse(ForeignResultSchema, { ...packed, task: { ...packed.task, pictures: fewer } });
  expect(parsed.issues?.[0].message).toContain('stored pictures');
});

it('files of bundled tasks bring none: every page has their artwork', () => {
  expect(withOwnPictures(result, null)).toBe(result);
  expect(imagesInFiles(result, null)).toEqual({ areHere: false, hasTested: false });
});

it('files hold images of a study where they are at hand, or where its own file brought them', () => {
  const own = { ...result, config: { ...result.config, task: 'dropped' } };
  const fromLink = withoutPredictions(own);
  expect(imagesInFiles(fromLink, null)).toEqual({ areHere: false, hasTested: false });
  expect(imagesInFiles(withPictures(own, flat(8)), null)).toEqual({ areHere: false, hasTested: true });
  const digest = 'of the study';
  const known = <T extends typeof own>(one: T) => ({ ...one, task: { ...one.task, testDigest: digest } });
  const set = { digest, imageSize: 1, pixels: new Uint8Array(300), labels: new Int32Array(100) };
  expect(imagesInFiles(known(own), null, [set])).toEqual({ areHere: true, hasTested: true });
  expect(withOwnPictures(known(own), null, [set]).task.pictures).toBeDefined();
  const unanswered = { ...known(own), predictions: undefined };
  expect(imagesInFiles(unanswered, null, [set])).toEqual({ areHere: true, hasTested: false });
});
