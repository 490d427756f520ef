import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelBox, placeLabels, type LabelledPoint } from './place-labels.ts';

const area = { width: 300, height: 300 };
const at = (x: number, y: number, long = 'Progressive dropout'): LabelledPoint => ({ x, y, long, short: '7' });
const overlap = (a: ReturnType<typeof labelBox>, b: ReturnType<typeof labelBox>): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe('placeLabels', () => {
  it('gives a point alone its long label, to its right, or to its left at the right edge', () => {
    expect(placeLabels([at(50, 150)], area)).toEqual([{ text: 'Progressive dropout', shift: [expect.any(Number), 0] }]);
    expect(placeLabels([at(50, 150)], area)[0].shift[0]).toBeGreaterThan(0);
    expect(placeLabels([at(290, 150)], area)[0].shift[0]).toBeLessThan(0);
  });

  it('keeps a label off its point and off others, however large they are drawn', () => {
    const large = { ...at(150, 150), size: 30 };
    const beside = at(150 + 15 + 5, 130);
    const boxes = placeLabels([large, beside], area).map((label, i) => labelBox([large, beside][i], label));
    for (const box of boxes) expect(overlap(box, { left: 135, right: 165, top: 135, bottom: 165 })).toBe(false);
  });

  it('stands where lines cross it least', () => {
    const lines = [
      [
        { x: 0, y: 150 },
        { x: 300, y: 150 },
      ],
    ];
    for (const x of [50, 250]) {
      const label = placeLabels([at(x, 150)], area, lines)[0];
      const { top, bottom } = labelBox({ x, y: 150 }, label);
      expect(label.text).toBe('Progressive dropout');
      expect(top > 150 || bottom < 150).toBe(true);
    }
  });

  it('gives the short one where the long one has no room', () => {
    const long = 'A name that is longer than the whole chart is wide, by a good deal';
    expect(placeLabels([at(150, 150, long)], area)[0].text).toBe('7');
  });

  it('lets no label leave the chart, and no long one cover another label', () => {
    const points = fc.array(
      fc.tuple(fc.integer({ min: 10, max: 290 }), fc.integer({ min: 10, max: 290 })).map(([x, y]) => at(x, y)),
      { minLength: 1, maxLength: 17 },
    );
    fc.assert(
      fc.property(points, (all) => {
        const boxes = placeLabels(all, area).map((label, i) => ({ label, box: labelBox(all[i], label) }));
        for (const [i, { label, box }] of boxes.entries()) {
          expect(box.left).toBeGreaterThanOrEqual(0);
          expect(box.right).toBeLessThanOrEqual(300);
          if (label.text === '7') continue;
          for (const [j, other] of boxes.entries()) if (j !== i) expect(overlap(box, other.box)).toBe(false);
        }
      }),
    );
  });

  it('keeps the labels of points that are a little apart from covering each other', () => {
    const all = Array.from({ length: 16 }, (_, i) => at(40 + 60 * (i % 4), 40 + 60 * Math.floor(i / 4)));
    const boxes = placeLabels(all, area).map((label, i) => labelBox(all[i], label));
    boxes.forEach((box, i) => boxes.slice(i + 1).forEach((other) => expect(overlap(box, other)).toBe(false)));
  });
});
