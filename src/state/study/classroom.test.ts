import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { smallClipBase as base } from '../../../tests/fixtures/adapter-base.ts';
import { smallLayout } from '../../copra/test-layouts.ts';
import { createAdaptersStore } from '../adapters/adapters-store.ts';
import { classArms, classCaveats, classPoints } from './class-statistics.ts';
import { joinClass, leaveClass } from './class-members.ts';
import { createClassroomStore } from './classroom.ts';

const layout = smallLayout();
const anna = { name: 'anna', result: studyResultFixture({ seed: 1, seeds: 2 }) };
const other = { ...studyResultFixture({ seed: 2, seeds: 2 }), task: anna.result.task };
const withSeeds = (seeds: number[]) => ({
  ...other,
  config: { ...other.config, seeds },
  runs: other.runs.map((run) => ({ ...run, seed: seeds[other.config.seeds.indexOf(run.seed)] })),
});

describe('a class', () => {
  it('has a point for every run of every student', () => {
    const ben = { name: 'ben', result: withSeeds([7, 8]) };
    const points = classPoints([anna, ben], 'accuracy');
    expect(points).toHaveLength(8);
    expect(points.filter(({ student, arm }) => student === 'ben' && arm === 'CopRA').map(({ seeds }) => seeds)).toEqual(
      ['7', '8'],
    );
    expect(classPoints([anna], 'barrier').every(({ seeds }) => seeds === '0–1')).toBe(true);
    expect(classPoints([anna], 'half')).toHaveLength(anna.result.pruning.length);
    expect(classArms([anna, ben]).map(({ name }) => name)).toEqual(['LoRA', 'CopRA']);
  });

  it('tells arms of equal ids and other names apart', () => {
    const renamed = {
      ...anna.result,
      config: {
        ...anna.result.config,
        arms: anna.result.config.arms.map((arm) => ({ ...arm, name: `${arm.name} r 8` })),
      },
    };
    const arms = classArms([anna, { name: 'ben', result: renamed }]);
    expect(arms.map(({ name }) => name)).toEqual(['LoRA', 'CopRA', 'LoRA r 8', 'CopRA r 8']);
    expect(new Set(arms.map(({ id }) => id)).size).toBe(4);
  });

  it('says what keeps numbers from being compared, and which runs are no new evidence', () => {
    expect(classCaveats([anna])).toEqual([]);
    expect(classCaveats([anna, { name: 'ben', result: withSeeds([7, 8]) }])).toEqual([]);
    const same = [anna, { name: 'ben', result: other }];
    expect(classCaveats(same).join()).toMatch(/4 of the 8 runs repeat/);
    expect(classPoints(same, 'accuracy').filter(({ repeats }) => repeats)).toEqual(
      classPoints(same, 'accuracy').filter(({ student }) => student === 'ben'),
    );
    expect(classPoints(same, 'barrier').filter(({ repeats }) => !repeats)).toHaveLength(2);
    const longer = {
      ...withSeeds([7, 8]),
      config: { ...other.config, training: { ...other.config.training, steps: 9 } },
    };
    expect(classCaveats([anna, { name: 'ben', result: longer }]).join()).toMatch(/same settings \(Steps\)/);
  });

  it('takes no run for a repetition that was trained on other images', () => {
    const on = (testDigest: string) => ({ ...other, task: { ...other.task, testDigest } });
    const two = [
      { name: 'anna', result: on('a') },
      { name: 'ben', result: on('b') },
    ];
    expect(classCaveats(two)).toEqual([]);
    expect(classPoints(two, 'accuracy').some(({ repeats }) => repeats)).toBe(false);
  });

  it('takes a file once, tells files of one name apart, and leaves no trace', () => {
    const [classroom, adapters] = [createClassroomStore(), createAdaptersStore()];
    const own = { armId: 'copra', armName: 'CopRA', seed: 1, layout, scale: 1, values: new Float32Array(layout.size) };
    const held = { ...own, gates: { steps: 1, activeSteps: [1, 1, 1, 1] }, base };
    const first = { path: 'a/study.zip', result: anna.result, adapters: [held], fingerprint: 'anna' };
    joinClass(classroom, adapters, [
      first,
      first,
      { path: 'b/study.zip', result: other, adapters: [], fingerprint: 'other' },
    ]);
    expect(classroom.getState().students.map(({ name }) => name)).toEqual(['study', 'study (2)']);
    expect(adapters.getState().extras.map(({ id, classes }) => [id, classes])).toEqual([
      ['class/study/copra/1', anna.result.task.classes],
    ]);
    leaveClass(classroom, adapters);
    expect(classroom.getState().students).toEqual([]);
    expect(adapters.getState().extras).toEqual([]);
  });
});
