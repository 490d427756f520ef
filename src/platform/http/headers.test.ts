import { describe, expect, test } from 'vitest';
import { lengthOf, retryAfter, totalOf, versionOf } from './headers.ts';

const headers = (entries: Record<string, string>) => new Headers(entries);

describe('the version of a file', () => {
  const time = 'Wed, 21 Oct 2015 07:28:00 GMT';
  test.each([
    [{ ETag: '"abc"' }, '"abc"'],
    [{ ETag: '"abc"', 'Last-Modified': time }, '"abc"'],
    [{ ETag: 'W/"abc"', 'Last-Modified': time }, time], // much the same is not the same
    [{ ETag: 'W/"abc"' }, null],
    [{ 'Last-Modified': time }, time],
    [{}, null],
  ])('%j: %s', (given, version) => expect(versionOf(headers(given))).toBe(version));
});

test('sizes, where they are told and mean what is read', () => {
  expect(totalOf(headers({ 'Content-Range': 'bytes 0-9/1234' }))).toBe(1234);
  expect(totalOf(headers({ 'Content-Range': 'bytes 0-9/*' }))).toBeNull();
  expect(totalOf(headers({}))).toBeNull();
  expect(lengthOf(headers({ 'Content-Length': '10' }))).toBe(10);
  expect(lengthOf(headers({ 'Content-Length': '10', 'Content-Encoding': 'gzip' }))).toBeNull();
  expect(lengthOf(headers({ 'Content-Length': 'many' }))).toBeNull();
});

test('how long a server wants to be left alone', () => {
  expect(retryAfter(headers({ 'Retry-After': ' 7 ' }))).toBe(7);
  expect(retryAfter(headers({ 'Retry-After': new Date(Date.now() + 60_000).toUTCString() }))).toBeGreaterThan(55);
  expect(retryAfter(headers({ 'Retry-After': new Date(0).toUTCString() }))).toBe(0);
  expect(retryAfter(headers({ 'Retry-After': 'soon' }))).toBeNull();
  expect(retryAfter(headers({}))).toBeNull();
});
