import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadFrame, decodeToClient, decodeToHost, encodeFrame, headToHost } from './frames.ts';
import type { ToHostHead } from './messages.ts';
import { ROUND } from './test-round.ts';

const HEAD: ToHostHead = { type: 'trained', id: 3, clients: [1, 2], images: [5, 7] };

const bytesOf = (json: string, length = json.length): Uint8Array => {
  const frame = new Uint8Array(4 + json.length);
  new DataView(frame.buffer).setUint32(0, length, true);
  frame.set(new TextEncoder().encode(json), 4);
  return frame;
};

describe('frames', () => {
  it('carry heads and numbers as they were, whatever the length of the head', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 24 }), fc.float32Array({ maxLength: 50 }), (text, values) => {
        const message = { head: { ...ROUND, arm: text }, values };
        expect(decodeToClient(encodeFrame(message))).toEqual(message);
      }),
    );
    const frame = encodeFrame({ head: HEAD, values: Float32Array.of(1, NaN) });
    expect(headToHost(frame)).toEqual(HEAD);
    // Within a larger buffer.
    const larger = new Uint8Array(frame.length + 11);
    larger.set(frame, 7);
    expect(decodeToHost(larger.subarray(7, 7 + frame.length)).values).toEqual(Float32Array.of(1, NaN));
  });

  it('are refused when a bit of the head is wrong, cut or long, and never throw anything else', () => {
    const frame = encodeFrame({ head: HEAD, values: Float32Array.of(1, 2) });
    fc.assert(
      fc.property(fc.nat(frame.length - 1), fc.nat(255), fc.nat(frame.length), (at, value, end) => {
        const damaged = frame.slice(0, end);
        if (at < end) damaged[at] = value;
        for (const decode of [decodeToHost, decodeToClient])
          try {
            decode(damaged);
          } catch (error) {
            expect(error).toBeInstanceOf(BadFrame);
          }
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(() => decodeToClient(bytes)).toThrow(BadFrame);
      }),
    );
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a head that does not fit', bytesOf('{}  ', 2 ** 31)],
    ['a head that is no JSON', bytesOf('{"type":"leave" ')],
    ['an unknown type', bytesOf('{"type":"run"}  ')],
    ['a client that cannot be', encodeFrame({ head: { ...HEAD, clients: [32] }, values: new Float32Array(0) })],
    ['a share above one', bytesOf('{"type":"progress","id":1,"share":2}')],
    ['a name without a letter', bytesOf('{"type":"hello","version":1,"token":"abcdefgh","name":"  ","own":false}   ')],
    ['numbers that end within one', encodeFrame({ head: HEAD, values: Float32Array.of(1) }).slice(0, -1)],
    ['numbers behind a head that has none', encodeFrame({ head: { type: 'leave' }, values: Float32Array.of(1) })],
    ['a list without end', bytesOf(JSON.stringify({ ...HEAD, clients: Array(40).fill(1) }).padEnd(140))],
  ])('%s is refused', (_, frame) => {
    expect(() => decodeToHost(frame)).toThrow(BadFrame);
  });
});
