/** Figure of the results that many people handed in. */
import { SEEN } from '../../copra/readings/seen.ts';
import { counted } from '../../core/counted.ts';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand/react';
import { csv } from '../../share/csv/csv.ts';
import { classArms, classCaveats, CLASS_METRICS, type ClassMetric } from '../../state/study/class-statistics.ts';
import { leaveClass } from '../../state/study/classroom.ts';
import { fitOfAll, heldOnPage, showUnited } from '../../state/study/unite-studies.ts';
import { showResult } from '../../state/study/study-store.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { Legend } from '../charts/Legend.tsx';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { seedsText } from '../format.ts';
import { joinMeta } from '../results/figure-meta.ts';
import { PagePart } from '../lessons/PagePart.tsx';
import { classReading, classroomPlot, classroomTable, METRIC_NAMES } from './classroom-plot.ts';
import css from './classroom.module.css';
import shared from '../shared.module.css';

const METRICS = CLASS_METRICS.map((id) => ({ id, name: METRIC_NAMES[id].name }));

/**
 * The union of all handed-in studies, including the study on the page if it fits; null if they differ in more than their seeds, or are all on the
 * page already.
 */
function unionOf(shown: StudyResult | null, students: readonly StudyResult[]) {
  if (students.length === 0) return null;
  const withShown = shown ? fitOfAll([shown, ...students]) : null;
  if (withShown?.kind === 'unites') return { withShown: true, seeds: withShown.seeds };
  if (withShown?.kind === 'contained') return null;
  const alone = fitOfAll(students);
  return alone.kind === 'unites' ? { withShown: false, seeds: alone.seeds } : null;
}

export function ClassroomFigure() {
  const { classroom, adapters, study } = useServices();
  const students = useStore(classroom, (state) => state.students);
  const idle = useStudy((state) => state.status === 'idle');
  const [metric, setMetric] = useState<ClassMetric>('accuracy');
  const build = useMemo(() => classroomPlot(students, metric), [students, metric]);
  const table = useMemo(() => classroomTable(students, metric), [students, metric]);
  const caveats = useMemo(() => classCaveats(students), [students]);
  const arms = useMemo(() => classArms(students), [students]);
  const shown = useStudy((state) => state.result);
  const union = useMemo(
    () =>
      unionOf(
        shown,
        students.map(({ result }) => result),
      ),
    [shown, students],
  );
  if (students.length === 0) return null;
  const unite = () => {
    const held = union?.withShown ? heldOnPage(study, adapters) : null;
    showUnited(held ? [held, ...students] : students, { study, adapters });
    leaveClass(classroom, adapters);
  };
  const runs = students.reduce((sum, { result }) => sum + result.runs.length, 0);
  return (
    <PagePart name="class">
      <section className={css.class} aria-label="Class results">
        <ChartFigure
          title="Class results"
          help={
            <>
              <p>
                Every column is one file, every point one seed (or one pair of seeds). The files were handed in, not
                computed here.
              </p>
              <p>
                If everybody took other seeds, the points show how much of a result is luck. All adapters that came with
                the files are in the Adapters panel, where they can be merged.
              </p>
            </>
          }
          message={build ? SEEN.classroom : ''}
          reading={classReading(students, metric)}
          meta={joinMeta(counted(students.length, 'file'), counted(runs, 'run'))}
          legend={<Legend arms={arms} />}
          controls={<Segmented label="Class: quantity shown" value={metric} options={METRICS} onChange={setMetric} />}
          build={build}
          empty="None of the files holds this quantity."
          height={260}
          table={table}
          csv={() => csv(table.head, table.rows)}
          fileName="copra-class"
        />
        {caveats.map((caveat) => (
          <p key={caveat} className={shared.warning}>
            {caveat}
          </p>
        ))}
        <div className={css.students}>
          {students.map(({ name, result }) => (
            <Button key={name} isDisabled={!idle} onPress={() => showResult(study, result, 'file')}>
              Show {name}
            </Button>
          ))}
          {union && (
            <Button kind="primary" isDisabled={!idle} onPress={unite}>
              Unite {union.withShown ? 'with the study shown' : 'into one study'}: {seedsText(union.seeds)}
            </Button>
          )}
          <Button kind="quiet" onPress={() => leaveClass(classroom, adapters)}>
            Close the class
          </Button>
        </div>
      </section>
    </PagePart>
  );
}
