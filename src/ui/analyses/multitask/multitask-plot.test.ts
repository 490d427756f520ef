import { describe, expect, it } from 'vitest';
import { multitaskFixture } from '../../../../tests/fixtures/multitask.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { multitaskCsv } from '../../../share/analyses/multitask/csv.ts';
import { MERGES } from '../../../study/analyses/merging/merges.ts';
import { multitaskCaption } from './multitask-caption.ts';
import { mergeOptions, multitaskPlot, multitaskTable, type Candidates, type MultitaskParts } from './multitask-plot.ts';

const result = { ...studyResultFixture(), multitask: multitaskFixture(2) };

function drawn(parts: MultitaskParts, what: string, candidates: Candidates, width: number) {
  const { margin, panels } = multitaskPlot(parts, what, candidates)!(width);
  const [{ x, y, marks }] = panels;
  const [bars] = marks;
  const names = x.kind === 'names' ? x : y;
  if (names.kind !== 'names' || bars.kind !== 'bars') throw new Error('no bars');
  return { margin, names, bars };
}

describe('the figure of many tasks', () => {
  it.each([true, false])('draws every task and their mean, own adapters beside a merge (lying: %s)', (lying) => {
    for (const { id } of mergeOptions(result)) {
      const { names, bars } = drawn(result, id, 'joint', lying ? 400 : 800);
      expect(bars.lying).toBe(lying);
      expect(names.names).toEqual(['Animals', 'Food', 'Travel', 'Objects', 'mean of tasks']);
      expect(bars.series.map(({ hatched = false }) => hatched)).toEqual([false, false, true, false, true]);
      for (const { values } of bars.series) {
        const [last, ...rest] = values.map(Number).toReversed();
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
    for (const [width, side, least] of [
      [400, 'left', 90],
      [800, 'bottom', 48],
    ] as const) {
      const { names, margin } = drawn({ ...result, multitask: { ...multitask, tasks } }, 'ensemble', 'own', width);
      expect(names.written?.[0]).toEqual(['Animals,', 'plants &', 'Schmetterlin…']);
      // Lines of 13 characters at 12 px beside the bars, three lines below them.
      expect(margin[side]).toBeGreaterThanOrEqual(least);
    }
  });

  it('shows means over seeds', () => {
    const { bars } = drawn(result, 'ensemble', 'own', 800);
    const [first, second] = result.multitask.runs.map(({ single }) => single.own[2]);
    expect(bars.series[1].values[2]).toBeCloseTo(50 * (first + second), 10);
  });

  it('shows what is known while a study runs, and waits while there is nothing', () => {
    const early = { ...result, multitask: { ...result.multitask, runs: [] } };
    expect(drawn(early, 'ensemble', 'own', 500).bars.series).toHaveLength(1);
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
    expect(text).toContain('2 seeds each, 962 test images');
    expect(text).not.toMatch(/NaN|undefined/);
  });
});
