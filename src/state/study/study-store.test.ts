import { expect, it } from 'vitest';
import { said } from '../../core/language/catalogue.ts';
import { createStudyStore, tell, tellingWait } from './study-store.ts';

it('what the page waits for is said once at a time, beside what else it says, and not once it is there', () => {
  const store = createStudyStore();
  const shown = () => said(store.getState().notices);
  const wait = tellingWait(store);
  tell(store, () => 'Nothing can be saved.');
  wait(null);
  wait('It is being opened again.');
  wait('No graphics adapter answers.');
  expect(shown()).toEqual(['Nothing can be saved.', 'No graphics adapter answers.']);
  tell(store, () => 'It was opened again.');
  wait(null);
  expect(shown()).toEqual(['Nothing can be saved.', 'It was opened again.']);
});
