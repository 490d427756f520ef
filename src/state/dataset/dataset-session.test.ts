import { expect, it } from 'vitest';
import type { OpenedDataset } from '../../data/dataset/dataset-client.ts';
import { squareGeometry } from '../../model/image-geometry.ts';
import { DatasetSession } from './dataset-session.ts';

/** A data set whose images are all of one colour, which counts its decodings. */
function coloured(colour: number) {
  let decoded = 0;
  const prepare: OpenedDataset['prepare'] = (records) => {
    decoded++;
    const pixels = new Uint8Array(3 * records.length).fill(colour);
    const groups = Int32Array.from(records.keys());
    return Promise.resolve({ pixels, records: Int32Array.from(records), groups, problems: [] });
  };
  return { opened: { prepare }, decodings: () => decoded };
}

it('decodes the same images of a domain once, and never takes those of another data set of the same name', async () => {
  const session = new DatasetSession(squareGeometry(1));
  const [first, second] = [coloured(1), coloured(2)];
  const decode = async ({ opened }: ReturnType<typeof coloured>) => {
    const { pixels } = await session.prepareOf('photos', opened)([0, 1], 1, true);
    return pixels[0];
  };
  expect([await decode(first), await decode(first)]).toEqual([1, 1]);
  expect(first.decodings()).toBe(1);
  expect(await decode(second)).toBe(2);
});

it('ends what is being added with the session, and on request', () => {
  const session = new DatasetSession(squareGeometry(1));
  const stopped = session.beginAdding();
  session.stopAdding();
  const closed = session.beginAdding();
  expect([stopped.aborted, closed.aborted]).toEqual([true, false]);
  session.close();
  expect(closed.aborted).toBe(true);
});
