import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { scalesOf } from '../charts/scales/scales.ts';
import { classReading, classroomHeight, classroomPlot } from './classroom-plot.ts';

const result = studyResultFixture({ seeds: 2 });
const students = (...names: string[]) => names.map((name) => ({ name, result }));

describe('the reading of a class', () => {
  it('counts equal runs once, and says how many it leaves out', () => {
    const one = classReading(students('anna'), 'accuracy');
    expect(one).toMatch(/LoRA .* over 2 values; CopRA .* over 2 values\.$/);
    expect(classReading(students('anna', 'ben', 'cleo'), 'accuracy')).toBe(
      `${one} 8 values of repeated runs are left out.`,
    );
  });
});

describe('the names below the columns of a class', () => {
  const axisAt = (count: number, width: number) => {
    const all = students(...Array.from({ length: count }, (_, i) => `marie-${100 + i}-hoffmann`));
    const height = classroomHeight(all)(width);
    const figure = classroomPlot(all, 'accuracy')!(width);
    const [{ x, y }] = scalesOf(figure, width, height);
    return { slanted: x.axis.slanted, ticks: x.ticks, panel: y.length, room: height - y.start - y.length };
  };

  it('lie beside one another where the columns are wide', () => {
    const { slanted, ticks } = axisAt(2, 620);
    expect([slanted, ticks.length]).toEqual([false, 2]);
  });

  it.each([620, 700, 320])('do not touch where they are narrow: 25 files at %i pixels', (width) => {
    const { slanted, ticks, panel, room } = axisAt(25, width);
    expect(slanted).toBe(true);
    for (const [i, { at }] of ticks.slice(1).entries()) expect(at - ticks[i].at).toBeGreaterThanOrEqual(14);
    expect(ticks.length).toBeGreaterThan(12);
    expect(panel).toBe(axisAt(2, 620).panel);
    expect(room).toBeGreaterThan(14 * 5.8);
  });
});
