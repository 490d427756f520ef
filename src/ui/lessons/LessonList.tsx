import { LESSONS } from '../../lessons/course/index.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { LESSON_WORDS } from '../../lessons/messages.ts';
import { progressOf } from '../../lessons/progress.ts';
import { openLesson, restartLesson } from '../../state/lessons/lessons-store.ts';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import css from './lessons.module.css';
import { useLessons } from './use-lessons.ts';

function Entry({ lesson, number }: { lesson: Lesson; number: number }) {
  const { lessons } = useServices();
  const { done } = useLessons((state) => progressOf(state.progress, lesson.id));
  const all = lesson.steps.length;
  const count = lesson.steps.filter(({ id }) => done.includes(id)).length;
  const title = `lesson-${lesson.id}`;
  const words = lesson.words();
  return (
    <li className={css.entry}>
      <h3 id={title} className={css.entryTitle}>
        {number}. {words.title}
      </h3>
      <p className={css.entrySummary}>{words.summary}</p>
      <p className={css.entryFoot}>
        <Button
          id={`${title}-start`}
          aria-labelledby={`${title}-start ${title}`}
          onPress={() => openLesson(lessons, lesson.id)}
        >
          {count === 0 ? LESSON_WORDS.start : LESSON_WORDS.goOn}
        </Button>
        {count > 0 && (
          <Button
            kind="quiet"
            id={`${title}-again`}
            aria-labelledby={`${title}-again ${title}`}
            onPress={() => {
              restartLesson(lessons, lesson.id);
              openLesson(lessons, lesson.id);
            }}
          >
            {LESSON_WORDS.again}
          </Button>
        )}
        <span className={css.hint}>
          {LESSON_WORDS.minutes(lesson.minutes)} ·{' '}
          {count === all ? LESSON_WORDS.finished : LESSON_WORDS.stepsDone(count, all)}
        </span>
      </p>
    </li>
  );
}

export function LessonList() {
  return (
    <ol className={css.list}>
      {LESSONS.map((lesson, i) => (
        <Entry key={lesson.id} lesson={lesson} number={i + 1} />
      ))}
    </ol>
  );
}
