/** The sentence under the figure of a sweep. */
import { sweepReading } from '../../../copra/readings/sweep.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { measured, sweepTable } from '../../../study/result/sweep-table.ts';
import { sweepValueText, type Sweep } from '../../../study/config/sweep.ts';

export function sweepCaption(result: StudyResult, sweep: Sweep): string {
  const rows = sweepTable(result, sweep);
  if (rows.length === 0) return '';
  const { setting, values, methods } = sweep;
  return sweepReading(
    { name: setting.label, values: values.map(sweepValueText) },
    methods.map(({ method, name, arms }) => ({
      name,
      values: values.map((value) => {
        const at = arms[0].value === null ? null : value;
        return {
          accuracy: measured(rows, method, at, 'accuracy'),
          merged: measured(rows, method, at, 'midpointFactor'),
          everyOther: measured(rows, method, at, 'everyOther'),
        };
      }),
    })),
    testSample(result),
  );
}
