/** The lessons beside the live page: a column where it fits, otherwise a drawer at the bottom. */
import { useRef } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { lessonOf } from '../../lessons/course/index.ts';
import { LESSON_WORDS } from '../../lessons/messages.ts';
import { closeLessons, openLesson, restoreSettings } from '../../state/lessons/lessons-store.ts';
import { useServices, useStudy } from '../context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { ChevronIcon, CloseIcon } from '../controls/icons.tsx';
import { useFocusAt } from '../language/turning.ts';
import share from '../share/share-dialog.module.css';
import { LessonList } from './LessonList.tsx';
import css from './lessons.module.css';
import { StepView } from './StepView.tsx';
import { TeacherLink } from './TeacherLink.tsx';
import { useLessons } from './use-lessons.ts';

export function LessonPanel() {
  const { lessons, study } = useServices();
  const isSmall = useLessons((state) => state.isSmall);
  const hasOwn = useLessons((state) => state.replaced !== null);
  const idle = useStudy((state) => state.status === 'idle');
  const lesson = lessonOf(useLessons((state) => state.lesson));
  const title = useRef<HTMLHeadingElement>(null);
  // Opened, and back from a lesson, the keyboard begins at the top of the list; a step takes the focus itself.
  useFocusAt(title, lesson ? null : 'list');
  return (
    <aside className={css.panel} data-small={isSmall || undefined} aria-labelledby="lesson-title">
      <div className={css.head}>
        <h2 ref={title} id="lesson-title" tabIndex={-1} className={css.title}>
          {lesson ? lesson.words().title : LESSON_WORDS.lessons}
        </h2>
        <span className={css.fold}>
          <IconButton
            name={isSmall ? LESSON_WORDS.restore : LESSON_WORDS.minimise}
            onPress={() => lessons.setState({ isSmall: !isSmall })}
          >
            <ChevronIcon />
          </IconButton>
        </span>
        <IconButton
          name={LESSON_WORDS.closeLessons}
          data-focus-next="[data-opens-lessons]"
          onPress={() => closeLessons(lessons)}
        >
          <CloseIcon />
        </IconButton>
      </div>
      <div className={css.body} tabIndex={0} role="region" aria-label={LESSON_WORDS.lessons}>
        {lesson ? <StepView key={lesson.id} lesson={lesson} /> : <LessonList />}
        <div className={css.tools}>
          {lesson && (
            <Button kind="quiet" onPress={() => openLesson(lessons, null)}>
              {LESSON_WORDS.allLessons}
            </Button>
          )}
          {lesson && (
            <Button kind="quiet" onPress={() => lessons.setState({ isPresenting: true })}>
              {LESSON_WORDS.present}
            </Button>
          )}
          <DialogTrigger>
            <Button kind="quiet">{LESSON_WORDS.teachersLink}</Button>
            <Popover className={controls.popover} placement="top end" offset={4}>
              <Dialog className={share.dialog} aria-label={LESSON_WORDS.teachersLink}>
                <TeacherLink />
              </Dialog>
            </Popover>
          </DialogTrigger>
          {hasOwn && idle && (
            <Button kind="quiet" onPress={() => restoreSettings(lessons, study)}>
              {LESSON_WORDS.restoreSettings}
            </Button>
          )}
        </div>
      </div>
    </aside>
  );
}
