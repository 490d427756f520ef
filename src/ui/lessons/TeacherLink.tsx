/** Makes a teacher's link: lesson and step, preset, language, and which parts of the page are hidden or locked. */
import { useState, type ReactNode } from 'react';
import { LESSONS, lessonOf } from '../../lessons/course/index.ts';
import { LOCALE_NAMES, LOCALES } from '../../core/language/locale.ts';
import { LESSON_WORDS } from '../../lessons/messages.ts';
import { PART_WORDS } from '../../lessons/part-words.ts';
import { PAGE_PARTS, type PartName } from '../../lessons/parts.ts';
import { printTeachingLink, type TeachingLink } from '../../lessons/teaching-link.ts';
import { isSameStudy } from '../../state/study/config-changes.ts';
import { queryFor } from '../../state/page/url.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { useStudy } from '../context.ts';
import { Choice } from '../controls/Choice.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import share from '../share/share.module.css';
import { CopyField } from '../share/CopyField.tsx';
import css from './lessons.module.css';
import { useLessonView } from './use-lesson-view.ts';
import { useLessons } from './use-lessons.ts';

type State = 'shown' | 'locked' | 'hidden';

const without = (parts: readonly PartName[], part: PartName): PartName[] => parts.filter((other) => other !== part);

function stateOf({ hidden, locked }: TeachingLink, part: PartName): State {
  if (hidden.includes(part)) return 'hidden';
  return locked.includes(part) ? 'locked' : 'shown';
}

function withState(link: TeachingLink, part: PartName, state: State): TeachingLink {
  const [hidden, locked] = [without(link.hidden, part), without(link.locked, part)];
  return {
    ...link,
    hidden: state === 'hidden' ? [...hidden, part] : hidden,
    locked: state === 'locked' ? [...locked, part] : locked,
  };
}

export function TeacherLink() {
  const teaching = useLessons((state) => state.teaching);
  const current = useLessons((state) => state.lesson);
  const view = useLessonView();
  const [link, setLink] = useState<TeachingLink>({ ...teaching, lesson: current, step: null });
  // The saved study needs no settings in the link; anything else is spelled out.
  const config = useStudy(({ config: own, result, source }) =>
    source === 'saved' && result && isSameStudy(result.config, own) ? null : own,
  );
  const query = [printTeachingLink(link), queryFor('', link.preset ? null : config).slice(1)].filter(Boolean).join('&');
  const address = `${document.baseURI.replace(/[?#].*$/s, '')}${query ? `?${query}` : ''}`;
  const steps = lessonOf(link.lesson)?.steps ?? [];
  return (
    <>
      <p className={share.title}>{LESSON_WORDS.teachersLink}</p>
      <p className={share.small}>{LESSON_WORDS.teacherIntro}</p>
      <CopyField label={LESSON_WORDS.linkLabel} text={address} lines={2} />
      <OptionalChoice
        label={LESSON_WORDS.teacherLesson}
        none={LESSON_WORDS.teacherNoLesson}
        value={link.lesson}
        options={LESSONS.map(({ id, words }) => ({ id, name: words().title }))}
        onChange={(lesson) => setLink({ ...link, lesson, step: null, present: lesson !== null && link.present })}
      />
      {steps.length > 0 && (
        <OptionalChoice
          label={LESSON_WORDS.teacherStep}
          none={LESSON_WORDS.teacherFirstStep}
          value={link.step}
          options={steps.map(({ id, words }, i) => ({ id, name: `${i + 1}. ${words(view).title}` }))}
          onChange={(step) => setLink({ ...link, step })}
        />
      )}
      <OptionalChoice
        label={LESSON_WORDS.teacherPreset}
        none={LESSON_WORDS.teacherNoPreset}
        value={link.preset}
        options={PRESETS.map(({ id, name }) => ({ id, name: PRESET_WORDS.called(name) }))}
        onChange={(preset) => setLink({ ...link, preset })}
      />
      <OptionalChoice
        label={LESSON_WORDS.teacherLanguage}
        none={LESSON_WORDS.teacherBrowserLanguage}
        value={link.locale}
        options={LOCALES.map((id) => ({ id, name: LOCALE_NAMES[id] }))}
        onChange={(locale) => setLink({ ...link, locale })}
      />
      {link.lesson !== null && (
        <Row label={LESSON_WORDS.teacherPresent}>
          <Toggle
            label={LESSON_WORDS.teacherPresent}
            value={link.present}
            onChange={(present) => setLink({ ...link, present })}
          />
        </Row>
      )}
      <div className={css.teacherParts} tabIndex={0} role="region" aria-label={LESSON_WORDS.teacherParts}>
        {PAGE_PARTS.map((part) => (
          <Row key={part} label={PART_WORDS[part]}>
            <Segmented
              label={PART_WORDS[part]}
              value={stateOf(link, part)}
              options={[
                { id: 'shown', name: LESSON_WORDS.shown },
                { id: 'locked', name: LESSON_WORDS.locked },
                { id: 'hidden', name: LESSON_WORDS.hidden },
              ]}
              onChange={(state) => setLink(withState(link, part, state))}
            />
          </Row>
        ))}
      </div>
    </>
  );
}

/** A control beside its label, which it says itself. */
function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={css.teacherRow}>
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}

interface OptionalChoiceProps<T extends string> {
  readonly label: string;
  /** What it says where nothing is chosen. */
  readonly none: string;
  readonly value: T | null;
  readonly options: readonly { readonly id: T; readonly name: string }[];
  readonly onChange: (chosen: T | null) => void;
}

function OptionalChoice<T extends string>({ label, none, value, options, onChange }: OptionalChoiceProps<T>) {
  return (
    <Row label={label}>
      <Choice<T | ''>
        label={label}
        value={value ?? ''}
        options={[{ id: '', name: none }, ...options]}
        onChange={(chosen) => onChange(chosen || null)}
      />
    </Row>
  );
}
