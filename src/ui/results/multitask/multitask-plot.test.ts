import { describe, expect, it } from 'vitest';
import { multitaskFixture } from '../../../../tests/fixtures/multitask.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { multitaskCsv } from '../../../share/analyses/multitask/csv.ts';
import { MERGES } from '../../../study/analyses/merging/merges.ts';
import { chartTheme as theme } from '../../../../tests/fixtures/chart-theme.ts';
import { multitaskCaption } from './multitask-caption.ts';
import { mergeOptions, multitaskPlot, multitaskTable } from './multitask-plot.ts';

const result = { ...studyResultFixture(), multitask: multitaskFixture(2) };

describe('the figure of many tasks', () => {
  it.each([true, false])('draws every task and their mean, own adapters beside a merge (lying: %s)', (lying) => {
    for (const { id } of mergeOptions(result)) {
      const figure = multitaskPlot(result, id, 'joint')?.(theme, lying ? 400 : 800);
      expect(figure?.data).toHaveLength(1 + 2 * 2);
      for (const trace of figure?.data ?? []) {
        const [names, values] = lying ? [trace.y, trace.x] : [trace.x, trace.y];
        expect(names).toEqual(['Animals', 'Food', 'Travel', 'Objects', 'mean of tasks']);
        const [last, ...rest] = (values as number[]).toReversed();
        expect(last).toBeCloseTo(rest.reduce((sum, value) => sum + value, 0) / 4, 10);
      }
    }
  });

  it('writes long names in lines, whichever way the bars lie, and has room for all of them', () => {
    const { multitask } = result;
    const tasks = multitask.tasks.map((task, i) => ({
      ...task,
      name: i === 0 ? 'Animals, plants & Schmetterlingsarten' : task.name,
    }));
    for (const [width, axis, side] of [
      [400, 'yaxis', 'l'],
      [800, 'xaxis', 'b'],
    ] as const) {
      const layout = multitaskPlot(
        { ...result, multitask: { ...multitask, tasks } },
        'ensemble',
        'own',
      )?.(theme, width).layout;
      const { ticktext, tickangle } = layout?.[axis] as { ticktext: string[]; tickangle: number };
      expect(ticktext[0].split('<br>')).toEqual(['Animals,', 'plants &amp;', 'Schmetterlin…']);
      expect(tickangle).toBe(0);
      // Lines of 13 characters at 12 px beside the bars, three lines below them.
      expect((layout?.margin as Record<string, number>)[side]).toBeGreaterThanOrEqual(axis === 'yaxis' ? 90 : 48);
    }
  });

  it('shows means over seeds', () => {
    const figure = multitaskPlot(result, 'ensemble', 'own')?.(theme, 800);
    const [first, second] = result.multitask.runs.map(({ single }) => single.own[2]);
    expect((figure?.data[1].y as number[])[2]).toBeCloseTo(50 * (first + second), 10);
  });

  it('shows what is known while a study runs, and waits while there is nothing', () => {
    const early = { ...result, multitask: { ...result.multitask, runs: [] } };
    expect(multitaskPlot(early, 'ensemble', 'own')?.(theme, 500).data).toHaveLength(1);
    expect(multitaskCaption(early)).toBe('');
    expect(multitaskPlot(studyResultFixture(), 'ensemble', 'own')).toBeNull();
    expect(multitaskTable(studyResultFixture()).rows).toEqual([]);
  });

  it('lists everything that was compared, and every task in the CSV', () => {
    const { head, rows } = multitaskTable(result);
    expect(rows).toHaveLength(1 + 2 * (2 + MERGES.length));
    for (const row of rows) expect(row).toHaveLength(head.length);
    expect(rows.flat().join()).not.toMatch(/NaN|undefined/);
    const lines = multitaskCsv(result).trim().split('\r\n');
    expect(lines).toHaveLength(1 + 4 * (1 + 4 * (2 + MERGES.length)));
  });

  it('reads the plain merges, own adapters and the harder setting in one sentence', () => {
    const text = multitaskCaption(result);
    expect(text).toMatch(/^LoRA \/ CopRA, mean over 4 tasks: own adapters 75\.\d \/ 75\.\d/);
    expect(text).toContain('with the classes of all tasks as candidates');
    expect(text).toContain('2 seeds, 962 test images');
    expect(text).not.toMatch(/NaN|undefined/);
  });
});
