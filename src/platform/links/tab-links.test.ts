import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { PATIENT } from '../../../tests/support/patient.ts';
import { memoryLocks } from '../test-locks.ts';
import type { FrameLink } from './frame-link.ts';
import { joinTabs, leadTabs, type Tabs } from './tab-links.ts';

const tabs: Tabs = { channel: (name) => new BroadcastChannel(name) };

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
