import { PART_WORDS } from '../../../lessons/part-words.ts';
import { useMemo } from 'react';
import { fixed, integer } from '../../../core/number-format.ts';
import { federatedAttendanceCsv } from '../../../share/analyses/federated/csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { attendanceOf, type ClassAttendance } from './class-attendance.ts';
import { attendanceHeight, attendancePlot, attendanceTable } from './attendance-plot.ts';
import { FEDERATED_WORDS } from './messages.ts';

const kilobytes = (bytes: number): string =>
  bytes < 10_000 ? fixed(bytes / 1000, 1) : integer(Math.round(bytes / 1000));

const readingOf = ({ clients, rounds, trainings, took, asked, down, up }: ClassAttendance): string =>
  FEDERATED_WORDS.attendance.caption({
    clients,
    rounds,
    trainings,
    took,
    asked,
    down: kilobytes(down),
    up: kilobytes(up),
  });

export function AttendanceFigure({ result }: { result: StudyResult }) {
  const { federated } = result;
  const attendance = useMemo(() => attendanceOf({ federated }), [federated]);
  const build = useMemo(() => attendancePlot(attendance), [attendance]);
  const words = FEDERATED_WORDS.attendance;
  return (
    <ChartFigure
      title={PART_WORDS.attendance}
      help={
        <>
          <p>{words.help.cells}</p>
          <p>{words.help.bytes}</p>
        </>
      }
      message={attendance ? FEDERATED_WORDS.attendance.message : ''}
      reading={attendance ? readingOf(attendance) : ''}
      meta=""
      legend={null}
      build={build}
      empty={words.simulated}
      height={attendanceHeight(attendance)}
      table={attendanceTable(attendance)}
      csv={() => federatedAttendanceCsv(result)}
      fileName="copra-federated-attendance"
    />
  );
}
