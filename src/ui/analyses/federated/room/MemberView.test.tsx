import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, it } from 'vitest';
import { speak, speakEnglish } from '../../../../core/language/catalogue.ts';
import { taskNames } from '../../../../data/bundled/task-names.de.ts';
import { MemberView } from './MemberView.tsx';

afterEach(speakEnglish);

it('names the task of the study in the language of its own page, whichever the leading page speaks', () => {
  speak('de', (area) => (area === 'taskNames' ? taskNames : null));
  const markup = renderToStaticMarkup(
    <MemberView
      member={{
        ...{ status: 'training', name: 'Ada', code: 'ABCDEF', answer: '', hasOwnImages: false, client: 0 },
        ...{ study: { task: { id: 'food', name: 'Food and drink' }, rounds: 3 }, round: 0, share: 0, images: null },
        ...{ answers: 0, sent: 0, received: 0, problem: null, leave: () => {} },
      }}
    />,
  );
  expect(markup).toContain('its part of Essen und Trinken');
});
