import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { classReading } from './classroom-plot.ts';

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
