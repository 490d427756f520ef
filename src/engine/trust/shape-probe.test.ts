import fc from 'fast-check';
import { expect, it } from 'vitest';
import { widthOf } from '../devices/webgpu/kernels/elements.ts';
import { lanesFor } from '../devices/webgpu/kernels/row-lanes.ts';
import { testClip } from '../passes/test-models.ts';
import { fewClasses, leastShapes, shortened, type Shapes } from './shape-probe.ts';

const length = fc.integer({ min: 1, max: 5000 });

it('short rows are added up and loaded as long ones', () => {
  fc.assert(
    fc.property(length, (of) => {
      const short = shortened(of);
      expect(short).toBeLessThanOrEqual(Math.min(of, 135));
      expect([lanesFor(short), widthOf(short)]).toEqual([lanesFor(of), widthOf(of)]);
      expect(lanesFor(fewClasses(of))).toBe(lanesFor(of));
    }),
  );
});

it('the least shapes keep the size of heads, and how rows are added up and loaded', () => {
  const clip = testClip();
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 128 }), (heads, size) => {
      const config = { ...clip.vision.config, heads, width: heads * size };
      const shapes: Shapes = { kind: 'vit', vision: { ...clip.vision, config } };
      const { config: least } = leastShapes(shapes, 0).vision;
      expect(least.width / least.heads).toBe(size);
      expect(least.width).toBeLessThanOrEqual(config.width);
      expect([lanesFor(least.width), widthOf(least.width)]).toEqual([lanesFor(config.width), widthOf(config.width)]);
    }),
  );
});
