import { expect, it } from 'vitest';
import { withAttendance } from '../../../tests/fixtures/attendance.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { encodeResultLink } from '../../share/link/result-link.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { contentsOf } from './contents.ts';

const of = (result: StudyResult): string[] => contentsOf(encodeResultLink(result, 1e6).kept);

it('names what tells of people and devices: classes, the time and the device, and who took part', () => {
  const result = studyResultFixture();
  expect(of(result).slice(0, 2)).toEqual(['settings', 'names of the classes']);
  expect(of(result).at(-1)).toBe('when and on which device it was computed');
  expect(of(result).join()).not.toContain('took part');
  expect(of(withAttendance())).toContain('which clients took part in it, without the names of their devices');
  const classes = result.task.classes.map((name) => name.padEnd(600, 'x'));
  expect(of({ ...result, task: { ...result.task, classes } })).not.toContain('names of the classes');
});
