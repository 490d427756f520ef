/** Figure of the results that many people handed in. */
import { PART_WORDS } from '../../lessons/part-words.ts';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand/react';
import { studyOnPage } from '../../state/adapters/adapters-store.ts';
import { classArms, classCaveats, CLASS_METRICS, type ClassMetric } from '../../state/study/class-statistics.ts';
import { leaveClass } from '../../state/study/class-members.ts';
import { showAlone } from '../../state/study/open-study-file.ts';
import { fitOfAll, heldOnPage, showUnited, type Fit } from '../../state/study/unite-studies.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { Legend } from '../charts/Legend.tsx';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { seedsText } from '../format.ts';
import { joinMeta } from '../results/figure-meta.ts';
import { PagePart } from '../lessons/PagePart.tsx';
import { classReading, classroomCsv, classroomHeight, classroomPlot, classroomTable } from './classroom-plot.ts';
import css from './classroom.module.css';
import { CLASSROOM_WORDS } from './messages.ts';
import shared from '../shared.module.css';

interface Union {
  readonly withShown: boolean;
  readonly fit: Exclude<Fit, { readonly kind: 'contained' }>;
}

/**
 * The union of all handed-in studies, including the study on the page if it fits, or why they are not one study; null if they are all on the page
 * already, or the first has the seeds of all.
 * @param alone without the study on the page
 */
function unionOf(shown: StudyResult | null, students: readonly StudyResult[], alone: Fit): Union | null {
  const whole = shown && fitOfAll([shown, ...students]);
  if (whole?.kind === 'contained') return null;
  if (whole?.kind === 'unites') return { withShown: true, fit: whole };
  return alone.kind === 'contained' ? null : { withShown: false, fit: alone };
}

export function ClassroomFigure() {
  const services = useServices();
  const { classroom, adapters } = services;
  const words = CLASSROOM_WORDS;
  const students = useStore(classroom, (state) => state.students);
  const idle = useStudy((state) => state.status === 'idle');
  const [metric, setMetric] = useState<ClassMetric>('accuracy');
  const build = useMemo(() => classroomPlot(students, metric), [students, metric]);
  const height = useMemo(() => classroomHeight(students), [students]);
  const table = useMemo(() => classroomTable(students, metric), [students, metric]);
  const reading = useMemo(() => classReading(students, metric), [students, metric]);
  const caveats = useMemo(() => classCaveats(students), [students]);
  const arms = useMemo(() => classArms(students), [students]);
  const shelved = useStore(adapters, (state) => state.shelved);
  const shown = useStudy((state) => studyOnPage(state, { shelved }).result);
  // A study that runs changes what is shown four times a second.
  const results = useMemo(() => students.map(({ result }) => result), [students]);
  const alone = useMemo(() => (results.length > 0 ? fitOfAll(results) : null), [results]);
  const union = useMemo(() => alone && unionOf(shown, results, alone), [shown, results, alone]);
  if (students.length === 0) return null;
  const unite = () => {
    const held = union?.withShown ? heldOnPage(services) : null;
    showUnited(held ? [held, ...students] : students, services);
    leaveClass(classroom, adapters);
  };
  const runs = students.reduce((sum, { result }) => sum + result.runs.length, 0);
  return (
    <PagePart name="class">
      <section className={css.class} aria-label={PART_WORDS.class}>
        <ChartFigure
          title={PART_WORDS.class}
          help={
            <>
              {words.help.map((paragraph) => (
                <p key={paragraph}>{paragraph}</p>
              ))}
            </>
          }
          message={build ? CLASSROOM_WORDS.message : ''}
          reading={reading}
          meta={joinMeta(words.files(students.length), words.runs(runs))}
          legend={<Legend arms={arms} />}
          controls={
            <Segmented
              label={words.shown}
              value={metric}
              options={CLASS_METRICS.map((id) => ({ id, name: words.metrics[id].name }))}
              onChange={setMetric}
            />
          }
          build={build}
          empty={words.empty}
          height={height}
          table={table}
          csv={() => classroomCsv(students, metric)}
          fileName="copra-class"
        />
        {caveats.map((caveat) => (
          <p key={caveat} className={shared.warning}>
            {caveat}
          </p>
        ))}
        <div className={css.students}>
          {students.map((student) => (
            <Button key={student.name} isDisabled={!idle} onPress={() => showAlone(student, services)}>
              {words.show(student.name)}
            </Button>
          ))}
          {union?.fit.kind === 'unites' && (
            <Button kind="primary" isDisabled={!idle} onPress={unite}>
              {(union.withShown ? words.uniteWithShown : words.uniteAll)(seedsText(union.fit.seeds))}
            </Button>
          )}
          {union?.fit.kind === 'apart' && <p className={css.apart}>{words.apart(union.fit.why())}</p>}
          <Button kind="quiet" onPress={() => leaveClass(classroom, adapters)}>
            {words.close}
          </Button>
        </div>
      </section>
    </PagePart>
  );
}
