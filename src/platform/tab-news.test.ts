import { expect, it, onTestFinished, vi } from 'vitest';
import { PATIENT } from '../../tests/support/patient.ts';
import { randomId } from './random-id.ts';
import { tabNews } from './tab-news.ts';

it('reaches the tabs that follow what it is about, and not the tab that tells', async () => {
  const about = `test-${randomId()}`;
  const [here, there, elsewhere] = [tabNews(about), tabNews(about), tabNews(`${about}-else`)];
  const heard = { here: vi.fn(), there: vi.fn(), elsewhere: vi.fn() };
  here.follow(heard.here);
  there.follow(heard.there);
  elsewhere.follow(heard.elsewhere);
  here.tell();
  await vi.waitFor(() => expect(heard.there).toHaveBeenCalledOnce(), PATIENT);
  expect(heard.here).not.toHaveBeenCalled();
  expect(heard.elsewhere).not.toHaveBeenCalled();
});

it('is also that the tab is seen again, whose reader may have cleared site data in the settings of the browser', () => {
  const page = Object.assign(new EventTarget(), { hidden: false });
  const { follow } = tabNews(`test-${randomId()}`, page);
  const [before, heard] = [vi.fn(), vi.fn()];
  follow(before);
  follow(heard);
  for (const hidden of [true, false]) {
    page.hidden = hidden;
    page.dispatchEvent(new Event('visibilitychange'));
  }
  expect(heard).toHaveBeenCalledOnce();
  expect(before).not.toHaveBeenCalled();
});

it('is none where the browser refuses', () => {
  onTestFinished(() => void vi.unstubAllGlobals());
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      constructor() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      }
    },
  );
  const { tell, follow } = tabNews('anything');
  follow(() => {});
  tell();
});
