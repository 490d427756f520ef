import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, it } from 'vitest';
import { speak, speakEnglish } from '../../../../core/language/catalogue.ts';
import { taskNames } from '../../../../data/bundled/task-names.de.ts';
import { studyFrames } from '../../../../study/classroom/frame-words.de.ts';
import type { MemberState } from '../../../../state/room/room-state.ts';
import { MemberView } from './MemberView.tsx';

afterEach(speakEnglish);

const MEMBER: MemberState = {
  status: 'training',
  name: 'Ada',
  code: 'ABCDEF',
  answer: '',
  hasOwnImages: false,
  client: 0,
  study: { task: { id: 'food', name: 'Food and drink' }, rounds: 3 },
  round: 0,
  share: 0,
  images: null,
  answers: 0,
  sent: 0,
  received: 0,
  problem: { kind: 'needs-own' },
  deviceWait: null,
  leave: () => {},
};

it('names the task of the study, and what keeps it from training, in the language of its own page, whichever the leading page speaks', () => {
  const german: Readonly<Record<string, object>> = { taskNames, studyFrames };
  speak('de', (area) => german[area] ?? null);
  const markup = renderToStaticMarkup(<MemberView member={MEMBER} />);
  expect(markup).toContain('its part of Essen und Trinken');
  expect(markup).toContain('Tritt mit eigenen Bildern bei');
});

it('says that its device was lost and is waited for, as the page of a study does', () => {
  const deviceWait = 'The connection to the GPU was lost. It is being opened again.';
  const markup = renderToStaticMarkup(<MemberView member={{ ...MEMBER, problem: null, deviceWait }} />);
  expect(markup).toContain(deviceWait);
  expect(renderToStaticMarkup(<MemberView member={MEMBER} />)).not.toContain('opened again');
});
