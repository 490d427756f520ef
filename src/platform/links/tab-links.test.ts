import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { PATIENT } from '../../../tests/support/patient.ts';
import { memoryLocks } from '../test-locks.ts';
import type { FrameLink } from './frame-link.ts';
import { joinTabs, leadTabs, type Tabs } from './tab-links.ts';
import { leftPage, tabs } from './test-tabs.ts';

describe('tabs that find each other', () => {
  it('are linked once, also where two lead a room of one code', async () => {
    const locked: Tabs = { ...tabs, locks: memoryLocks() };
    const joined = vi.fn<(link: FrameLink) => void>();
    for (let i = 0; i < 2; i++) onTestFinished(leadTabs(locked, 'TWICE', joined));
    const link = await joinTabs(locked, 'TWICE', new AbortController().signal);
    const closed = vi.fn();
    joined.mock.calls[0][0].listen({ frame: () => undefined, closed });
    link.close();
    await vi.waitFor(() => expect(closed).toHaveBeenCalled(), PATIENT);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(joined).toHaveBeenCalledOnce();
  });

  it('are not where the room is closed at the same moment', async () => {
    let grant = (): void => undefined;
    const granted = new Promise<void>((resolve) => (grant = resolve));
    const request = vi.fn(async (_name: string, _options: LockOptions, work: LockGrantedCallback<unknown>) => {
      await granted;
      return work({ name: '', mode: 'exclusive' });
    });
    const joined = vi.fn();
    const close = leadTabs({ ...tabs, locks: { request } as unknown as LockManager }, 'CLOSED', joined);
    const leaving = new AbortController();
    const joining = joinTabs(tabs, 'CLOSED', leaving.signal);
    await vi.waitFor(() => expect(request).toHaveBeenCalled(), PATIENT);
    close();
    grant();
    await Promise.all(request.mock.results.map(({ value }) => value as Promise<unknown>));
    expect(joined).not.toHaveBeenCalled();
    leaving.abort(new Error('left'));
    await expect(joining).rejects.toThrow('left');
  });

  it('gives up looking when it leaves', async () => {
    const stop = new AbortController();
    const looking = joinTabs(tabs, 'NOBODY', stop.signal);
    stop.abort(new Error('left'));
    await expect(looking).rejects.toThrow('left');
  });
});

describe('a page that its browser keeps for the Back button', () => {
  const heard = (link: FrameLink): Promise<void> =>
    new Promise((closed) => link.listen({ frame: () => undefined, closed }));
  /** A tab that has joined one that leads, whose page or that of which the reader leaves. */
  async function linked(code: string) {
    const [leading, joining] = [leftPage(), leftPage()];
    const joined: FrameLink[] = [];
    const join = () => joinTabs({ ...tabs, follow: joining.follow }, code, new AbortController().signal);
    onTestFinished(leadTabs({ ...tabs, follow: leading.follow }, code, (link) => joined.push(link)));
    const link = await join();
    onTestFinished(() => link.close());
    return { leading, joining, joined, link, join };
  }

  it('is gone for the page that leads, and joins again when it comes back', async () => {
    const { joining, joined, link, join } = await linked('LEAVES');
    const ends = [heard(joined[0]), heard(link)];
    joining.leave();
    await ends[0];
    joining.comeBack();
    await ends[1];
    const again = await join();
    onTestFinished(() => again.close());
    expect(joined).toHaveLength(2);
  });

  it('is gone for those that have joined, and is found again when it comes back', async () => {
    const { leading, joined, link, join } = await linked('LEADS');
    const ends = [heard(joined[0]), heard(link)];
    leading.leave();
    await ends[1];
    leading.comeBack();
    await ends[0];
    const again = await join();
    onTestFinished(() => again.close());
    expect(joined).toHaveLength(2);
  });

  it('looks again when it comes back, for a class that opened or knocked meanwhile', async () => {
    const page = leftPage();
    const knocks: unknown[] = [];
    const room = new BroadcastChannel('copra-class-MISSED');
    room.onmessage = ({ data }) => void knocks.push(data);
    onTestFinished(() => room.close());
    const stop = new AbortController();
    const looking = joinTabs({ ...tabs, follow: page.follow }, 'MISSED', stop.signal);
    await vi.waitFor(() => expect(knocks).toHaveLength(1), PATIENT);
    page.comeBack();
    await vi.waitFor(() => expect(knocks).toHaveLength(2), PATIENT);
    const found = vi.fn();
    onTestFinished(leadTabs({ ...tabs, follow: page.follow }, 'MISSED', found));
    (await looking).close();
    knocks.length = 0;
    page.comeBack();
    await vi.waitFor(() => expect(knocks).toEqual([{ type: 'open', id: '' }]), PATIENT);
  });
});
